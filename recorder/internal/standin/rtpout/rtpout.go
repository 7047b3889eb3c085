// Package rtpout cuts coded frames into RTP packets and numbers them. It does
// nothing else and uses one packet again and again, so that thirty stand-ins in
// one process cost next to nothing.
package rtpout

import (
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/rtp"
)

// Writer is where packets go: a track of the LiveKit SDK, which copies what it keeps.
type Writer interface {
	WriteRTP(packet *rtp.Packet, options *lksdk.SampleWriteOptions) error
}

// room is what a packet may carry; the SDK's limit for a whole packet is 1,200.
const room = 1160

// Video sends VP8 frames (RFC 7741, with a 15-bit picture id, as browsers do).
type Video struct {
	out     Writer
	packet  rtp.Packet
	picture uint16
	buf     [4 + room]byte
	Packets int
	Bytes   int
}

func NewVideo(out Writer) *Video {
	v := &Video{out: out}
	v.packet.Version = 2
	return v
}

// Frame sends one coded frame; stamp counts 90,000 a second.
func (v *Video) Frame(frame []byte, stamp uint32) error {
	v.packet.Timestamp = stamp
	for first := true; first || len(frame) > 0; first = false {
		n := min(room, len(frame))
		v.buf[0] = 0x80 // extension bits follow
		if first {
			v.buf[0] |= 0x10 // start of the frame
		}
		v.buf[1] = 0x80 // a picture id follows
		v.buf[2], v.buf[3] = 0x80|byte(v.picture>>8), byte(v.picture)
		copy(v.buf[4:], frame[:n])
		frame = frame[n:]
		v.packet.Payload = v.buf[:4+n]
		v.packet.Marker = len(frame) == 0
		v.packet.SequenceNumber++
		v.Packets++
		v.Bytes += 4 + n
		if err := v.out.WriteRTP(&v.packet, nil); err != nil {
			return err
		}
	}
	v.picture = (v.picture + 1) & 0x7FFF
	return nil
}

// Sound sends Opus packets with the audio level that tells the server who speaks.
type Sound struct {
	out     Writer
	packet  rtp.Packet
	options lksdk.SampleWriteOptions
	level   uint8
	begun   bool
	Packets int
	Bytes   int
}

func NewSound(out Writer) *Sound {
	s := &Sound{out: out}
	s.packet.Version = 2
	s.options.AudioLevel = &s.level
	return s
}

// Packet sends 20 ms of sound; stamp counts 48,000 a second, level is 0 (loud)
// to 127 (silent).
func (s *Sound) Packet(payload []byte, stamp uint32, level uint8) error {
	s.level = level
	s.packet.Payload = payload
	s.packet.Timestamp = stamp
	s.packet.Marker = !s.begun
	s.begun = true
	s.packet.SequenceNumber++
	s.Packets++
	s.Bytes += len(payload)
	return s.out.WriteRTP(&s.packet, &s.options)
}
