package point

import (
	"context"
	"sync"
	"time"

	"github.com/livekit/protocol/livekit"

	"tiepdan.vn/recorder/internal/standin/live"
	"tiepdan.vn/recorder/internal/standin/rights"
	"tiepdan.vn/recorder/internal/standin/rtpout"
)

// look is how often the permission is compared with what is sent: the SDK has no
// call-back for a changed permission.
const look = 100 * time.Millisecond

// source is one thing that can be sent while the stay lasts.
type source struct {
	name  string
	kind  livekit.TrackSource
	begin func(ctx context.Context) error // publishes, then sends until ctx ends
	stop  context.CancelFunc              // nil while nothing is sent
	work  sync.WaitGroup
}

// stay sends what is allowed until the session or the context ends.
func stay(ctx context.Context, o Options, session *live.Session) {
	camera := &source{name: "camera", kind: livekit.TrackSource_CAMERA}
	camera.begin = func(ctx context.Context) error {
		video, err := session.PublishCamera(o.Camera.Width, o.Camera.Height)
		if err != nil {
			return err
		}
		c := o.Camera
		c.Frame = func(frame []byte, drawn time.Time, _ int) {
			_ = video.Frame(frame, uint32(drawn.UnixMilli()*90)) // a broken connection shows elsewhere
		}
		camera.work.Go(func() { c.Keep(ctx, o.Log) })
		return nil
	}
	microphone := &source{name: "microphone", kind: livekit.TrackSource_MICROPHONE}
	microphone.begin = func(ctx context.Context) error {
		sound, err := session.PublishMicrophone()
		if err != nil {
			return err
		}
		microphone.work.Go(func() { play(ctx, sound, o.Tone) })
		return nil
	}
	defer camera.end()
	defer microphone.end()
	ticks := time.NewTicker(look)
	defer ticks.Stop()
	for {
		if session.Steady() {
			allowed, published := session.Allowed(), session.Published()
			camera.follow(ctx, o, session, allowed.Camera, published.Camera)
			microphone.follow(ctx, o, session, allowed.Microphone, published.Microphone)
		}
		select {
		case <-ctx.Done():
			return
		case <-session.Lost():
			return
		case <-ticks.C:
		}
	}
}

func (s *source) follow(ctx context.Context, o Options, session *live.Session, allowed, published bool) {
	switch rights.Next(allowed, published) {
	case rights.Publish:
		s.end() // the server may have taken the track away while we still sent
		ctx, s.stop = context.WithCancel(ctx)
		if err := s.begin(ctx); err != nil {
			s.end()
			o.Log.Warn("cannot publish", "source", s.name, "error", err)
			return
		}
		o.Log.Info("publishing", "source", s.name)
	case rights.Unpublish:
		s.end()
		session.Unpublish(s.kind)
		o.Log.Info("no longer publishing", "source", s.name)
	case rights.Nothing:
		if !published && s.stop != nil { // withdrawn, and the server took the track away first
			s.end()
			o.Log.Info("no longer publishing", "source", s.name)
		}
	}
}

func (s *source) end() {
	if s.stop != nil {
		s.stop()
		s.work.Wait()
		s.stop = nil
	}
}

// play sends the tone in step with UTC: packet n of the second leaves at n * 20 ms.
func play(ctx context.Context, sound *rtpout.Sound, tone [][]byte) {
	const step = 20
	timer := time.NewTimer(0)
	defer timer.Stop()
	next := time.Now().UnixMilli()/step + 1
	for {
		timer.Reset(time.Until(time.UnixMilli(next * step)))
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		index := int(next % int64(len(tone)))
		level := uint8(127)
		if index < 5 {
			level = 12
		}
		_ = sound.Packet(tone[index], uint32(next*960), level) // a broken connection shows elsewhere
		// after a stall the missed packets are left out, as with a real device
		next = max(next+1, time.Now().UnixMilli()/step-5)
	}
}
