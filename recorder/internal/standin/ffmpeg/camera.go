package ffmpeg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"sync/atomic"
	"time"

	"tiepdan.vn/recorder/internal/standin/container"
)

// Camera turns drawn pictures into VP8 frames, live.
type Camera struct {
	Program            string
	Width, Height, FPS int
	Kbps               int
	Draw               func(at time.Time) []byte                  // the yuv420p picture of a moment
	Frame              func(frame []byte, drawn time.Time, n int) // called for each coded frame, in order; n counts from 0 in each life
}

// hung is how long a silent encoder is believed to be at work.
const hung = 15 * time.Second

func (c *Camera) args() []string {
	fps, rate := strconv.Itoa(c.FPS), strconv.Itoa(c.Kbps)
	return []string{
		// Nothing to probe: without these ffmpeg holds frames back at the start. (Not
		// "nobuffer": it drops the probed first frame and shifts all numbers by one.)
		"-probesize", "32", "-analyzeduration", "0",
		"-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", fmt.Sprintf("%dx%d", c.Width, c.Height), "-r", fps, "-i", "pipe:0",
		"-fps_mode", "passthrough",
		"-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-threads", "1",
		"-lag-in-frames", "0", "-auto-alt-ref", "0",
		"-b:v", rate + "k", "-maxrate", rate + "k", "-bufsize", rate + "k",
		// nobody can ask ffmpeg for a keyframe, so it comes by itself
		"-g", strconv.Itoa(2 * c.FPS),
		"-f", "ivf", "-flush_packets", "1", "pipe:1",
	}
}

// Keep runs the encoder until the context ends and starts it again when it dies.
func (c *Camera) Keep(ctx context.Context, log *slog.Logger) {
	for {
		err := c.once(ctx)
		if ctx.Err() != nil {
			return
		}
		log.Warn("encoder ended, starting it again", "error", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
		}
	}
}

// once is one life of ffmpeg.
func (c *Camera) once(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	p, err := start(ctx, c.Program, c.args()...)
	if err != nil {
		return err
	}
	// The coded frame carries only its number; the time of drawing waits here.
	var drawn [256]atomic.Int64
	fed := make(chan error, 1)
	go func() { fed <- c.feed(ctx, p.stdin, &drawn) }()
	watch := time.AfterFunc(hung, p.kill)
	defer watch.Stop()
	err = c.read(p.stdout, &drawn, watch)
	stop()
	_ = p.stdin.Close() // frees a feeder that stands in a write
	feed := <-fed
	// ffmpeg's own words come first, then what the pipes told
	return errors.Join(p.end(), err, feed)
}

// feed draws a picture at each tick of the wall clock; a slow encoder makes it
// skip ticks instead of falling behind.
func (c *Camera) feed(ctx context.Context, out io.Writer, drawn *[256]atomic.Int64) error {
	step := time.Second / time.Duration(c.FPS)
	timer := time.NewTimer(0)
	defer timer.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
		}
		now := time.Now()
		drawn[n%len(drawn)].Store(now.UnixMilli())
		if _, err := out.Write(c.Draw(now)); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return fmt.Errorf("feeding the encoder: %w", err)
		}
		timer.Reset(step - time.Duration(time.Now().UnixNano())%step)
	}
}

func (c *Camera) read(in io.Reader, drawn *[256]atomic.Int64, watch *time.Timer) error {
	stream, err := container.NewIVF(in)
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		frame, pts, err := stream.Next()
		if err != nil {
			return err
		}
		watch.Reset(hung)
		c.Frame(frame, time.UnixMilli(drawn[pts%uint64(len(drawn))].Load()), n)
	}
}
