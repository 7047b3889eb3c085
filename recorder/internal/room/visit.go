package room

import (
	"errors"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"

	"tiepdan.vn/recorder/internal/clock"
	"tiepdan.vn/recorder/internal/lane"
	"tiepdan.vn/recorder/internal/webm"
)

// visit is one connection to the room, from joining to its loss.
type visit struct {
	room  *Room
	halls map[string]string
	gone  chan string

	mu     sync.Mutex
	resume *time.Timer
	lanes  map[string]*lane.Lane // by track id
	muted  map[string]bool       // by track id, also before the track comes
	over   string                // the cause of the end of this visit, "" while it lasts
}

// codecs the room may use; without the retransmission codec the server repeats lost packets in the stream itself.
var codecs = []livekit.Codec{
	{Mime: "audio/opus"},
	{Mime: "video/VP8"},
	{Mime: "video/H264", FmtpLine: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"},
	{Mime: "video/H264", FmtpLine: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f"},
	{Mime: "video/H264", FmtpLine: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=4d001f"},
	{Mime: "video/H264", FmtpLine: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=64001f"},
}

func (v *visit) callback() *lksdk.RoomCallback {
	v.lanes, v.muted = map[string]*lane.Lane{}, map[string]bool{}
	return &lksdk.RoomCallback{
		OnDisconnectedWithReason: func(reason lksdk.DisconnectionReason) { v.leave(string(reason)) },
		OnReconnecting: func() {
			v.mu.Lock()
			defer v.mu.Unlock()
			if v.resume == nil {
				v.resume = time.AfterFunc(resumeIn, func() { v.leave("line broken") })
			}
		},
		OnReconnected: func() {
			v.mu.Lock()
			defer v.mu.Unlock()
			if v.resume != nil {
				v.resume.Stop()
				v.resume = nil
			}
			v.room.take.Journal("resumed")
		},
		OnParticipantConnected:    func(p *lksdk.RemoteParticipant) { v.journal("hall", p) },
		OnParticipantDisconnected: func(p *lksdk.RemoteParticipant) { v.journal("hall_left", p) },
		ParticipantCallback: lksdk.ParticipantCallback{
			OnTrackPublished: func(pub *lksdk.RemoteTrackPublication, p *lksdk.RemoteParticipant) {
				if hallOf(p.Identity()) == "" {
					_ = pub.SetSubscribed(false)
				}
			},
			OnTrackSubscribed: v.subscribed,
			OnTrackUnsubscribed: func(_ *webrtc.TrackRemote, pub *lksdk.RemoteTrackPublication, _ *lksdk.RemoteParticipant) {
				v.unsubscribed(pub)
			},
			OnTrackMuted:   func(pub lksdk.TrackPublication, p lksdk.Participant) { v.mute(pub, p, true) },
			OnTrackUnmuted: func(pub lksdk.TrackPublication, p lksdk.Participant) { v.mute(pub, p, false) },
		},
	}
}

func (v *visit) leave(reason string) {
	select {
	case v.gone <- reason:
	default:
	}
}

func (v *visit) journal(kind string, p *lksdk.RemoteParticipant) {
	if hall := hallOf(p.Identity()); hall != "" {
		v.room.take.Journal(kind, "hall", hall, "identity", p.Identity())
	}
}

func (v *visit) mute(pub lksdk.TrackPublication, p lksdk.Participant, muted bool) {
	hall := hallOf(p.Identity())
	if hall == "" {
		return
	}
	kind := "unmuted"
	if muted {
		kind = "muted"
	}
	v.room.take.Journal(kind, "hall", hall, "source", sourceOf(pub))
	v.mu.Lock()
	v.muted[pub.SID()] = muted
	l := v.lanes[pub.SID()]
	v.mu.Unlock()
	if l != nil {
		l.Mute(muted)
	}
}

// subscribed begins to record one track.
func (v *visit) subscribed(track *webrtc.TrackRemote, pub *lksdk.RemoteTrackPublication, p *lksdk.RemoteParticipant) {
	hall := hallOf(p.Identity())
	if hall == "" {
		return
	}
	t, codec := v.room.take, track.Codec()
	name := codecOf(codec.MimeType)
	t.Journal("track", "hall", hall, "source", sourceOf(pub), "identity", p.Identity(), "track", pub.SID(),
		"codec", codec.MimeType, "ssrc", uint32(track.SSRC()))
	if name == "" {
		t.Note("error", hall, sourceOf(pub), "Không ghi được kiểu mã hóa "+codec.MimeType)
		return
	}
	l := lane.New(lane.Config{
		Hall: hall, Point: v.room.point(hall, v.halls), Source: sourceOf(pub), Codec: name,
		Channels: channels(pub.TrackInfo()), Rate: int64(codec.ClockRate), Clock: v.room.clock(p.Identity()),
		Longest:  time.Duration(t.Policy.SegmentSeconds * float64(time.Second)),
		KeyEvery: time.Duration(t.Policy.KeyframeSeconds * float64(time.Second)),
		AskKey:   func() { p.WritePLI(track.SSRC()) },
		Buffers:  &t.Buffers,
	})
	v.mu.Lock()
	if v.over != "" {
		v.mu.Unlock()
		return
	}
	v.lanes[pub.SID()] = l
	muted, told := v.muted[pub.SID()]
	l.Mute(muted || !told && pub.IsMuted())
	v.mu.Unlock()
	if name != webm.Opus {
		_ = pub.SetVideoQuality(livekit.VideoQuality_HIGH)
		t.Expect(hall, sourceOf(pub), widest(pub.TrackInfo()))
	}
	pub.OnRTCP(v.reports(track, l, hall))
	t.Add(l)
	go v.read(track, l)
}

// read is the only thing that a packet waits for: parse, put in order, append to memory.
func (v *visit) read(track *webrtc.TrackRemote, l *lane.Lane) {
	buf := make([]byte, 1600)
	for failures := 0; failures < 100; {
		n, _, err := track.Read(buf)
		now := time.Now()
		switch {
		case errors.Is(err, io.EOF) || errors.Is(err, io.ErrClosedPipe):
			failures = 100
		case err != nil:
			failures++ // one strange packet is no reason to stop
		default:
			failures = 0
			l.Push(buf[:n], now)
		}
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	l.End(v.cause())
}

// cause tells why a track ends now: when our line is broken the SDK drops all of them. Called with mu held.
func (v *visit) cause() string {
	if v.over != "" {
		return v.over
	}
	if v.resume != nil {
		return lane.CauseConnection
	}
	return lane.CauseUnpublished
}

// reports takes in sender reports; one in half a minute goes to the journal, so that time can be rebuilt.
func (v *visit) reports(track *webrtc.TrackRemote, l *lane.Lane, hall string) func(rtcp.Packet) {
	var told time.Time
	return func(packet rtcp.Packet) {
		report, ok := packet.(*rtcp.SenderReport)
		if !ok || webrtc.SSRC(report.SSRC) != track.SSRC() {
			return
		}
		now := time.Now()
		sent := clock.NTP(report.NTPTime)
		l.Report(sent, report.RTPTime, now)
		if now.Sub(told) > 30*time.Second {
			told = now
			v.room.take.Journal("report", "hall", hall, "source", l.Source, "ssrc", report.SSRC,
				"ntp", sent.UTC().Format("2006-01-02T15:04:05.000000Z"), "rtp", report.RTPTime)
		}
	}
}

func (v *visit) unsubscribed(pub *lksdk.RemoteTrackPublication) {
	v.mu.Lock()
	l := v.lanes[pub.SID()]
	delete(v.lanes, pub.SID())
	delete(v.muted, pub.SID())
	if l != nil {
		l.End(v.cause())
	}
	v.mu.Unlock()
}

// end ends the visit and all its lanes.
func (v *visit) end(cause string) {
	v.mu.Lock()
	v.over = cause
	lanes := v.lanes
	v.lanes = map[string]*lane.Lane{}
	if v.resume != nil {
		v.resume.Stop()
	}
	v.mu.Unlock()
	for _, l := range lanes {
		l.End(cause)
	}
}

// hallOf is the hall key of an identity, "" for anybody who is no hall: p7.12 → p7.
func hallOf(identity string) string {
	key, _, _ := strings.Cut(identity, ".")
	if len(key) < 2 || key[0] != 'p' || strings.Trim(key[1:], "0123456789") != "" {
		return ""
	}
	return key
}

var sources = map[livekit.TrackSource]string{
	livekit.TrackSource_CAMERA: "camera", livekit.TrackSource_MICROPHONE: "microphone",
	livekit.TrackSource_SCREEN_SHARE: "screen", livekit.TrackSource_SCREEN_SHARE_AUDIO: "sound",
}

func sourceOf(pub lksdk.TrackPublication) string {
	if name := sources[pub.Source()]; name != "" {
		return name
	}
	if pub.Kind() == lksdk.TrackKindAudio {
		return "microphone"
	}
	return "camera"
}

func codecOf(mime string) string {
	switch strings.ToLower(mime) {
	case "video/vp8":
		return webm.VP8
	case "video/h264":
		return webm.H264
	case "audio/opus":
		return webm.Opus
	}
	return ""
}

func channels(info *livekit.TrackInfo) int {
	if info.GetStereo() { //nolint:staticcheck // older publishers say it only here
		return 2
	}
	for _, f := range info.GetAudioFeatures() {
		if f == livekit.AudioTrackFeature_TF_STEREO {
			return 2
		}
	}
	return 1
}

func widest(info *livekit.TrackInfo) int {
	width := info.GetWidth()
	for _, l := range info.GetLayers() {
		width = max(width, l.GetWidth())
	}
	return int(width)
}

// safeName: the plan's folder names become paths.
func safeName(name string) bool {
	return name != "" && name[0] != '.' && !strings.ContainsAny(name, "/\\\x00")
}
