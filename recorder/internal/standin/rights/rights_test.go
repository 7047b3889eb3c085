package rights

import (
	"testing"

	"github.com/livekit/protocol/livekit"
)

func TestAllowed(t *testing.T) {
	const camera, microphone = livekit.TrackSource_CAMERA, livekit.TrackSource_MICROPHONE
	cases := []struct {
		name       string
		permission *livekit.ParticipantPermission
		want       Sources
	}{
		{"nothing known", nil, Sources{}},
		{"may not publish", &livekit.ParticipantPermission{CanPublishSources: []livekit.TrackSource{camera, microphone}}, Sources{}},
		{"no list means all", &livekit.ParticipantPermission{CanPublish: true}, Sources{true, true}},
		{"without the floor", &livekit.ParticipantPermission{CanPublish: true, CanPublishSources: []livekit.TrackSource{camera}}, Sources{Camera: true}},
		{"with the floor", &livekit.ParticipantPermission{CanPublish: true, CanPublishSources: []livekit.TrackSource{microphone, camera}}, Sources{true, true}},
		{"sound only", &livekit.ParticipantPermission{CanPublish: true, CanPublishSources: []livekit.TrackSource{microphone}}, Sources{Microphone: true}},
	}
	for _, c := range cases {
		if got := Allowed(c.permission); got != c.want {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestNext(t *testing.T) {
	for _, c := range []struct {
		allowed, published bool
		want               Action
	}{{true, false, Publish}, {true, true, Nothing}, {false, true, Unpublish}, {false, false, Nothing}} {
		if got := Next(c.allowed, c.published); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
