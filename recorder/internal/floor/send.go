package floor

import (
	"context"
	"net"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/srtp/v3"
)

// LiveKit puts these extensions on what it forwards; here they only have the right size.
const (
	extensionSendTime   = 1
	extensionSequence   = 2
	pictureType         = 96
	soundType           = 111
	pictureTicks, ticks = 90_000, 48_000
)

// Sender replays a clip for many points, as a media server would forward it. It is no part of what is
// measured: it runs in its own process.
type Sender struct {
	clip    Clip
	conn    net.Conn
	context *srtp.Context
	queue   []*source  // in the order of their next frame
	parsed  rtp.Header // the SRTP library reads the header once more
	plain   []byte
	secret  []byte
}

// source is one stream that is to be sent.
type source struct {
	header rtp.Header
	frames [][][]byte
	every  time.Duration
	rate   int64
	at     int           // frame to be sent next, counted for ever
	first  int           // index of the first frame in the clip
	phase  time.Duration // of the first frame
}

func (s *source) due() time.Duration { return s.phase + time.Duration(s.at)*s.every }

// NewSender makes a sender for that many points with cameras out of phase: the points' frames lie evenly
// over the time of one frame, and so do their keyframes over the clip.
func NewSender(to, key string, clip Clip, points int) (*Sender, error) {
	context, err := cipherContext(key)
	if err != nil {
		return nil, err
	}
	conn, err := net.Dial("udp4", to)
	if err != nil {
		return nil, err
	}
	s := &Sender{clip: clip, conn: conn, context: context}
	sound := make([][][]byte, len(clip.Sound))
	for i, packet := range clip.Sound {
		sound[i] = [][]byte{packet}
	}
	for i := range points {
		share := func(n int) int { return n * i / points }
		s.queue = append(s.queue, &source{
			header: rtp.Header{Version: 2, PayloadType: pictureType, SSRC: pictureOf(i)},
			frames: clip.Frames, every: clip.FrameEvery, rate: pictureTicks,
			first: share(len(clip.Frames)), phase: time.Duration(share(int(clip.FrameEvery))),
		}, &source{
			header: rtp.Header{Version: 2, PayloadType: soundType, SSRC: soundOf(i), Marker: true},
			frames: sound, every: soundEvery, rate: ticks,
			first: share(len(clip.Sound)), phase: time.Duration(share(int(soundEvery))),
		})
	}
	return s, nil
}

// Run sends in real time until ctx ends.
func (s *Sender) Run(ctx context.Context) error {
	defer s.conn.Close()
	start := time.Now()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		next := s.queue[0]
		for _, other := range s.queue[1:] {
			if other.due() < next.due() {
				next = other
			}
		}
		if wait := time.Until(start.Add(next.due())); wait > 0 {
			timer.Reset(wait)
			select {
			case <-timer.C:
			case <-ctx.Done():
				return nil
			}
		}
		if ctx.Err() != nil {
			return nil
		}
		if err := s.frame(next); err != nil {
			return err
		}
	}
}

func (s *Sender) frame(from *source) error {
	payloads := from.frames[(from.first+from.at)%len(from.frames)]
	header := &from.header
	header.Timestamp = uint32(int64(from.at) * from.every.Microseconds() * from.rate / 1_000_000)
	for i, payload := range payloads {
		header.Marker = i == len(payloads)-1
		if err := s.packet(header, payload); err != nil {
			return err
		}
		header.SequenceNumber++
	}
	from.at++
	return nil
}

func (s *Sender) packet(header *rtp.Header, payload []byte) error {
	if err := header.SetExtension(extensionSendTime, []byte{0, 0, 0}); err != nil {
		return err
	}
	if err := header.SetExtension(extensionSequence, []byte{0, 0}); err != nil {
		return err
	}
	head, err := header.Marshal()
	if err != nil {
		return err
	}
	s.plain = append(append(s.plain[:0], head...), payload...)
	if s.secret, err = s.context.EncryptRTP(s.secret[:0], s.plain, &s.parsed); err != nil {
		return err
	}
	_, err = s.conn.Write(s.secret)
	return err
}
