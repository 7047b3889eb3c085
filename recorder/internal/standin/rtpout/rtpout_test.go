package rtpout

import (
	"bytes"
	"testing"

	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"
)

// sink collects copies of what was sent.
type sink []rtp.Packet

func (s *sink) WriteRTP(p *rtp.Packet, _ *lksdk.SampleWriteOptions) error {
	*s = append(*s, *p.Clone())
	return nil
}

func TestFramesArePutTogetherAgainByAReceiver(t *testing.T) {
	var out sink
	video := NewVideo(&out)
	frames := [][]byte{bytes.Repeat([]byte{1}, 3*room), bytes.Repeat([]byte{2}, 10), bytes.Repeat([]byte{3}, room+1)}
	for i, frame := range frames {
		if err := video.Frame(frame, uint32(i)*6000); err != nil {
			t.Fatal(err)
		}
	}
	var got []byte
	n, last := 0, uint16(0)
	for i, packet := range out {
		var vp8 codecs.VP8Packet
		payload, err := vp8.Unmarshal(packet.Payload)
		if err != nil {
			t.Fatal(err)
		}
		if (vp8.S == 1) != (len(got) == 0) || int(vp8.PictureID) != n || packet.Timestamp != uint32(n)*6000 {
			t.Fatalf("packet %d: start %d, picture %d, time %d", i, vp8.S, vp8.PictureID, packet.Timestamp)
		}
		if i > 0 && packet.SequenceNumber != last+1 {
			t.Fatalf("packet %d: number %d after %d", i, packet.SequenceNumber, last)
		}
		last = packet.SequenceNumber
		got = append(got, payload...)
		if packet.Marker {
			if !bytes.Equal(got, frames[n]) {
				t.Fatalf("frame %d: %d bytes", n, len(got))
			}
			n, got = n+1, nil
		}
	}
	if n != len(frames) || len(out) != 6 {
		t.Fatalf("%d frames in %d packets", n, len(out))
	}
}

// nowhere measures our own work only.
type nowhere struct{}

func (nowhere) WriteRTP(*rtp.Packet, *lksdk.SampleWriteOptions) error { return nil }

func TestSendingAllocatesNothing(t *testing.T) {
	video, sound := NewVideo(nowhere{}), NewSound(nowhere{})
	frame, packet := make([]byte, 5000), make([]byte, 80)
	if n := testing.AllocsPerRun(100, func() {
		_ = video.Frame(frame, 1)
		_ = sound.Packet(packet, 1, 30)
	}); n != 0 {
		t.Fatalf("%v allocations", n)
	}
}
