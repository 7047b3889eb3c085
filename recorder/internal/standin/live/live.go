// Package live is one stay of a stand-in in a LiveKit room.
package live

import (
	"context"
	"sync"
	"time"

	"github.com/go-logr/logr"
	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/logger"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/webrtc/v4"

	"tiepdan.vn/recorder/internal/standin/rights"
	"tiepdan.vn/recorder/internal/standin/rtpout"
)

// grace is how long the SDK may try to mend a connection by itself. After that a
// fresh start with a fresh ticket is quicker: the SDK goes on for a minute, with
// longer and longer pauses, even when the server has forgotten the room.
const grace = 4 * time.Second

const joinTimeout = 10 * time.Second

// Session is a joined room until Lost is closed.
type Session struct {
	room *lksdk.Room
	lost chan struct{}

	mu      sync.Mutex
	mending *time.Timer
	why     string
	closed  bool
}

// Quiet silences the SDK, which logs every step it takes.
func Quiet() { lksdk.SetLogger(logger.LogRLogger(logr.Discard())) }

// Join enters a room; onNote hears each text that the room carries (its state).
func Join(ctx context.Context, url, token string, onNote func(string)) (*Session, error) {
	s := &Session{lost: make(chan struct{})}
	s.room = lksdk.NewRoom(&lksdk.RoomCallback{
		OnDisconnectedWithReason: func(reason lksdk.DisconnectionReason) { s.lose(string(reason)) },
		OnReconnecting:           func() { s.mend(true) },
		OnReconnected:            func() { s.mend(false) },
		OnRoomMetadataChanged:    onNote,
	})
	ctx, stop := context.WithTimeout(ctx, joinTimeout)
	defer stop()
	if err := s.room.JoinWithContextAndToken(ctx, url, token, lksdk.WithAutoSubscribe(false)); err != nil {
		s.room.Disconnect()
		return nil, err
	}
	if note := s.room.Metadata(); note != "" {
		onNote(note)
	}
	return s, nil
}

func (s *Session) lose(why string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mending != nil {
		s.mending.Stop()
	}
	if !s.closed {
		s.closed, s.why = true, why
		close(s.lost)
	}
}

func (s *Session) mend(begins bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mending != nil {
		s.mending.Stop()
		s.mending = nil
	}
	if begins && !s.closed {
		s.mending = time.AfterFunc(grace, func() { s.lose("the connection could not be mended") })
	}
}

// Lost is closed when the stay is over.
func (s *Session) Lost() <-chan struct{} { return s.lost }

// Why tells how the stay ended.
func (s *Session) Why() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.why
}

// Steady is false while the SDK mends the connection: then it republishes the
// tracks itself and nobody else may touch them.
func (s *Session) Steady() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mending == nil && !s.closed
}

// Allowed is what the server lets us send at this moment.
func (s *Session) Allowed() rights.Sources {
	return rights.Allowed(s.room.LocalParticipant.Permissions())
}

// Published says which sources we send; the server may have taken one away.
func (s *Session) Published() rights.Sources {
	me := s.room.LocalParticipant
	return rights.Sources{
		Camera:     me.GetTrackPublication(livekit.TrackSource_CAMERA) != nil,
		Microphone: me.GetTrackPublication(livekit.TrackSource_MICROPHONE) != nil,
	}
}

// PublishCamera adds the picture.
func (s *Session) PublishCamera(width, height int) (*rtpout.Video, error) {
	track, err := s.publish(
		webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90000},
		lksdk.TrackPublicationOptions{
			Name: "camera", Source: livekit.TrackSource_CAMERA, VideoWidth: width, VideoHeight: height,
		})
	if err != nil {
		return nil, err
	}
	return rtpout.NewVideo(track), nil
}

// PublishMicrophone adds the sound. Without DTX, because we send every packet.
func (s *Session) PublishMicrophone() (*rtpout.Sound, error) {
	track, err := s.publish(
		webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus, ClockRate: 48000, Channels: 2, SDPFmtpLine: "minptime=10;useinbandfec=1"},
		lksdk.TrackPublicationOptions{Name: "microphone", Source: livekit.TrackSource_MICROPHONE, DisableDTX: true})
	if err != nil {
		return nil, err
	}
	return rtpout.NewSound(track), nil
}

func (s *Session) publish(codec webrtc.RTPCodecCapability, options lksdk.TrackPublicationOptions) (*lksdk.LocalTrack, error) {
	track, err := lksdk.NewLocalTrack(codec)
	if err != nil {
		return nil, err
	}
	bound := make(chan struct{}, 1)
	track.OnBind(func() {
		select {
		case bound <- struct{}{}:
		default: // bound once more after a mended connection
		}
	})
	if _, err := s.room.LocalParticipant.PublishTrack(track, &options); err != nil {
		return nil, err
	}
	// What is sent before the transport stands is lost, and with it the only
	// keyframe for two seconds.
	select {
	case <-bound:
	case <-s.lost:
	case <-time.After(joinTimeout):
	}
	return track, nil
}

// Unpublish takes a source away; the server may have been quicker.
func (s *Session) Unpublish(source livekit.TrackSource) {
	if pub := s.room.LocalParticipant.GetTrackPublication(source); pub != nil {
		_ = s.room.LocalParticipant.UnpublishTrack(pub.SID())
	}
}

// Leave ends the stay.
func (s *Session) Leave() {
	s.lose("left")
	s.room.Disconnect()
}
