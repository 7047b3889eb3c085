package load

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/livekit/protocol/auth"

	"tiepdan.vn/recorder/internal/standin/container"
	"tiepdan.vn/recorder/internal/standin/live"
	"tiepdan.vn/recorder/internal/standin/rtpout"
)

// Options of a load run.
type Options struct {
	URL, Key, Secret, Room string
	Points, First          int // halls p{First} … p{First+Points-1}
	Clip                   *Clip
	OutOfPhase             bool
	Log                    *slog.Logger
}

// Totals is what all points together have sent.
type Totals struct {
	Points  int   `json:"points"`
	InRoom  int   `json:"in_room"`
	Frames  int64 `json:"frames"`
	Packets int64 `json:"packets"`
	Bytes   int64 `json:"bytes"`
	Late    int64 `json:"late"` // frames sent more than 50 ms after their time
	Rejoins int64 `json:"rejoins"`
}

// Run is a load run that goes on until its context ends.
type Run struct {
	o                                              Options
	inRoom, frames, packets, bytes, late, rejoined atomic.Int64
}

func New(o Options) *Run { return &Run{o: o} }

// Totals so far.
func (r *Run) Totals() Totals {
	return Totals{
		Points: r.o.Points, InRoom: int(r.inRoom.Load()), Frames: r.frames.Load(),
		Packets: r.packets.Load(), Bytes: r.bytes.Load(), Late: r.late.Load(), Rejoins: r.rejoined.Load(),
	}
}

// Play keeps all points in the room until the context ends.
func (r *Run) Play(ctx context.Context) {
	var points sync.WaitGroup
	for i := range r.o.Points {
		points.Go(func() { r.point(ctx, i) })
	}
	points.Wait()
}

func (r *Run) point(ctx context.Context, i int) {
	identity := fmt.Sprintf("p%d.1", r.o.First+i)
	log := r.o.Log.With("identity", identity)
	down := false
	for ctx.Err() == nil {
		err := r.visit(ctx, i, identity, func() {
			if down {
				r.rejoined.Add(1)
				log.Info("back in the room")
			}
			down = false
		})
		if ctx.Err() != nil {
			return
		}
		if !down {
			down = true
			log.Warn("outside the room", "why", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func (r *Run) visit(ctx context.Context, i int, identity string, joined func()) error {
	token, err := Token(r.o.Key, r.o.Secret, r.o.Room, identity)
	if err != nil {
		return err
	}
	session, err := live.Join(ctx, r.o.URL, token, func(string) {})
	if err != nil {
		return err
	}
	defer session.Leave()
	video, err := session.PublishCamera(r.o.Clip.Width, r.o.Clip.Height)
	if err != nil {
		return err
	}
	var sound *rtpout.Sound
	if r.o.Clip.Sound != nil {
		if sound, err = session.PublishMicrophone(); err != nil {
			return err
		}
	}
	joined()
	r.inRoom.Add(1)
	defer r.inRoom.Add(-1)
	var phase time.Duration
	if r.o.OutOfPhase {
		phase = r.o.Clip.shift(i, r.o.Points)
	}
	r.pace(ctx, session, video, sound, phase)
	return errors.New(session.Why())
}

// Token admits a hall for a day, as long as any bench runs.
func Token(key, secret, room, identity string) (string, error) {
	grant := &auth.VideoGrant{RoomJoin: true, Room: room}
	grant.SetCanPublish(true)
	grant.SetCanSubscribe(false)
	return auth.NewAccessToken(key, secret).SetIdentity(identity).SetName(identity).
		SetVideoGrant(grant).SetValidFor(24 * time.Hour).ToJWT()
}

const soundStep = 20 * time.Millisecond

// pace sends each frame and packet at its time. Times are counted from the Unix
// epoch, not from the join: so points that joined one after the other still send
// in step (or evenly out of step), and a stamp never jumps when the clip begins
// again.
func (r *Run) pace(ctx context.Context, session *live.Session, video *rtpout.Video, sound *rtpout.Sound, phase time.Duration) {
	clip := r.o.Clip
	epoch := time.Unix(0, 0).Add(-phase)
	begin := time.Now()
	frame := clip.frameAt(begin.Sub(epoch)) + 1
	packet := int64(begin.Sub(epoch)/soundStep) + 1
	timer := time.NewTimer(0)
	defer timer.Stop()
	begun := false
	for {
		frameAt, packetAt := epoch.Add(clip.at(frame)), epoch.Add(time.Duration(packet)*soundStep)
		picture := sound == nil || !packetAt.Before(frameAt)
		due := packetAt
		if picture {
			due = frameAt
		}
		if wait := time.Until(due); wait > 0 {
			timer.Reset(wait)
			select {
			case <-ctx.Done():
				return
			case <-session.Lost():
				return
			case <-timer.C:
			}
		}
		if !picture {
			_ = sound.Packet(clip.Sound[packet%int64(len(clip.Sound))], uint32(packet*960), 20)
			packet++
			r.packets.Add(1)
			continue
		}
		coded := clip.Frames[frame%int64(len(clip.Frames))]
		if begun = begun || container.IsKey(coded); begun {
			packets, bytes := video.Packets, video.Bytes
			// a broken connection shows through Lost
			_ = video.Frame(coded, stamp(clip.at(frame)))
			r.frames.Add(1)
			r.packets.Add(int64(video.Packets - packets))
			r.bytes.Add(int64(video.Bytes - bytes))
			if time.Since(frameAt) > 50*time.Millisecond {
				r.late.Add(1)
			}
		}
		frame++
	}
}
