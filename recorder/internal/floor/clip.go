package floor

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"tiepdan.vn/recorder/internal/standin/container"
)

const (
	packetSize = 1160 // of a frame in one packet, as the stand-in cuts it
	soundEvery = 20 * time.Millisecond
)

// Clip is what every point sends, over and over.
type Clip struct {
	Frames     [][][]byte // picture, cut into RTP payloads
	FrameEvery time.Duration
	Sound      [][]byte
}

// ReadClip reads an IVF file with VP8 and an Ogg file with Opus packets of 20 ms.
func ReadClip(picture, sound string) (Clip, error) {
	var c Clip
	in, err := os.Open(picture)
	if err != nil {
		return c, err
	}
	defer in.Close()
	ivf, err := container.NewIVF(in)
	if err != nil {
		return c, err
	}
	c.FrameEvery = time.Duration(ivf.Scale) * time.Second / time.Duration(ivf.Rate)
	for {
		frame, _, err := ivf.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return c, err
		}
		c.Frames = append(c.Frames, cut(bytes.Clone(frame)))
	}
	ogg, err := os.ReadFile(sound)
	if err != nil {
		return c, err
	}
	if c.Sound, _, err = container.OpusPackets(bytes.NewReader(ogg)); err != nil {
		return c, err
	}
	if len(c.Frames) == 0 || len(c.Sound) == 0 {
		return c, fmt.Errorf("%s or %s is empty", picture, sound)
	}
	return c, nil
}

// cut makes the payloads of a frame: each with a VP8 descriptor of four bytes (with a picture id).
func cut(frame []byte) [][]byte {
	var payloads [][]byte
	for part := range slices.Chunk(frame, packetSize) {
		descriptor := []byte{0x80, 0x80, 0x80, 0}
		if len(payloads) == 0 {
			descriptor[0] |= 0x10 // start of the frame
		}
		payloads = append(payloads, append(descriptor, part...))
	}
	return payloads
}
