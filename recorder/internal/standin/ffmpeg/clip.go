package ffmpeg

import (
	"context"
	"fmt"
	"strconv"
)

// Clip sizes what MakeClip writes.
type Clip struct {
	Width, Height, FPS, Kbps, Seconds int
}

// MakeClip writes a moving, noisy VP8 picture at a steady bit rate, with a
// keyframe every two seconds, as material for load runs.
func MakeClip(ctx context.Context, program, file string, c Clip) error {
	source := fmt.Sprintf("testsrc2=size=%dx%d:rate=%d,noise=alls=8:allf=t", c.Width, c.Height, c.FPS)
	rate := strconv.Itoa(c.Kbps) + "k"
	_, err := Convert(ctx, program, nil,
		"-y", "-f", "lavfi", "-i", source, "-t", strconv.Itoa(c.Seconds), "-pix_fmt", "yuv420p",
		"-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "6", "-threads", "2",
		"-lag-in-frames", "0", "-auto-alt-ref", "0",
		"-b:v", rate, "-minrate", rate, "-maxrate", rate, "-bufsize", rate,
		"-g", strconv.Itoa(2*c.FPS), "-keyint_min", strconv.Itoa(2*c.FPS),
		"-f", "ivf", file)
	return err
}

// MakeSound writes Opus sound with the size of speech, to go with a clip.
func MakeSound(ctx context.Context, program, file string, seconds int) error {
	source := "anoisesrc=color=pink:sample_rate=48000:amplitude=0.3,tremolo=f=3:d=0.8"
	_, err := Convert(ctx, program, nil,
		"-y", "-f", "lavfi", "-i", source, "-t", strconv.Itoa(seconds), "-ac", "1",
		"-c:a", "libopus", "-b:a", "32k", "-frame_duration", "20", "-f", "ogg", file)
	return err
}
