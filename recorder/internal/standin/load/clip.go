// Package load plays stand-ins by the dozen from clips encoded beforehand, to
// measure the server and the recorder and not the encoders.
package load

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"tiepdan.vn/recorder/internal/standin/container"
)

// Clip is material in memory, shared by all points.
type Clip struct {
	Width, Height int
	Frames        [][]byte
	Rate, Scale   uint32 // frame n is due at n * Scale / Rate seconds
	Group         int    // frames from one keyframe to the next at the start
	Sound         [][]byte
}

// ReadClip loads an IVF file and, when named, an Ogg file.
func ReadClip(picture, sound string) (*Clip, error) {
	in, err := os.Open(picture)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	stream, err := container.NewIVF(in)
	if err != nil {
		return nil, err
	}
	clip := &Clip{Width: stream.Width, Height: stream.Height, Rate: stream.Rate, Scale: stream.Scale}
	for {
		frame, _, err := stream.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", picture, err)
		}
		clip.Frames = append(clip.Frames, bytes.Clone(frame))
	}
	if len(clip.Frames) == 0 || !container.IsKey(clip.Frames[0]) {
		return nil, fmt.Errorf("%s does not begin with a keyframe", picture)
	}
	clip.Group = len(clip.Frames)
	if next := slices.IndexFunc(clip.Frames[1:], container.IsKey); next >= 0 {
		clip.Group = next + 1
	}
	if sound == "" {
		return clip, nil
	}
	file, err := os.ReadFile(sound)
	if err != nil {
		return nil, err
	}
	clip.Sound, _, err = container.OpusPackets(bytes.NewReader(file))
	if err == nil && len(clip.Sound) == 0 {
		err = fmt.Errorf("%s holds no sound", sound)
	}
	return clip, err
}

// at is the moment of frame n, counted from the epoch of a point.
func (c *Clip) at(n int64) time.Duration {
	// whole seconds apart, or the product overflows: n counts from 1970
	per, rate := int64(c.Scale), int64(c.Rate)
	whole, rest := n/rate, n%rate
	return time.Duration(whole*per)*time.Second + time.Duration(rest*per*int64(time.Second)/rate)
}

// frameAt is the last frame due at a moment.
func (c *Clip) frameAt(since time.Duration) int64 {
	n := int64(since / time.Second * time.Duration(c.Rate) / time.Duration(c.Scale))
	for c.at(n+1) <= since {
		n++
	}
	return n
}

// shift moves a point's frames within one group, so that the keyframes of all
// points spread evenly instead of coming in one burst.
func (c *Clip) shift(point, points int) time.Duration {
	return c.at(int64(c.Group)) * time.Duration(point) / time.Duration(points)
}

// stamp counts 90,000 a second, as RTP does for pictures.
func stamp(at time.Duration) uint32 {
	return uint32(int64(at/time.Second)*90000 + int64(at%time.Second)*9/100000)
}
