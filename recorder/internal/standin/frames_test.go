package standin_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"testing"
	"time"

	"github.com/pion/rtp/codecs"

	"tiepdan.vn/recorder/internal/standin/container"
	"tiepdan.vn/recorder/internal/standin/ffmpeg"
)

// frame is a whole coded picture, put together from its packets.
type frame struct {
	data  []byte
	stamp uint32
	at    time.Time // arrival of its last packet
}

// assemble gives the whole frames from the first keyframe on; it stops where a
// packet is missing. The padding the server begins with is left out.
func assemble(t *testing.T, packets []arrival) []frame {
	t.Helper()
	var frames []frame
	var part []byte
	for i, got := range packets {
		if len(got.packet.Payload) == 0 {
			continue
		}
		if i > 0 && got.packet.SequenceNumber != packets[i-1].packet.SequenceNumber+1 {
			break
		}
		var vp8 codecs.VP8Packet
		payload, err := vp8.Unmarshal(got.packet.Payload)
		if err != nil {
			t.Fatal(err)
		}
		if vp8.S == 1 && vp8.PID == 0 {
			part = nil
		}
		part = append(part, payload...)
		if got.packet.Marker {
			if len(frames) > 0 || container.IsKey(part) {
				frames = append(frames, frame{part, got.packet.Timestamp, got.at})
			}
			part = nil
		}
	}
	return frames
}

// decode turns frames into grey pictures by ffmpeg.
func decode(t *testing.T, frames []frame, w, h int) []*image.Gray {
	t.Helper()
	ivf := make([]byte, 32)
	copy(ivf, "DKIF\x00\x00\x20\x00VP80")
	binary.LittleEndian.PutUint16(ivf[12:], uint16(w))
	binary.LittleEndian.PutUint16(ivf[14:], uint16(h))
	binary.LittleEndian.PutUint32(ivf[16:], 15)
	binary.LittleEndian.PutUint32(ivf[20:], 1)
	for i, frame := range frames {
		var head [12]byte
		binary.LittleEndian.PutUint32(head[:], uint32(len(frame.data)))
		binary.LittleEndian.PutUint64(head[4:], uint64(i))
		ivf = append(append(ivf, head[:]...), frame.data...)
	}
	raw, err := ffmpeg.Convert(t.Context(), needFFmpeg(t), ivf,
		"-f", "ivf", "-i", "pipe:0", "-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1")
	if err != nil {
		t.Fatal(err)
	}
	var pictures []*image.Gray
	for in := bytes.NewBuffer(raw); in.Len() >= w*h; {
		pictures = append(pictures, &image.Gray{Pix: in.Next(w * h), Stride: w, Rect: image.Rect(0, 0, w, h)})
	}
	return pictures
}
