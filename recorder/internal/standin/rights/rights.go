// Package rights says what a stand-in may send, and what follows from it.
package rights

import (
	"slices"

	"github.com/livekit/protocol/livekit"
)

// Sources are the two things a hall can send.
type Sources struct{ Camera, Microphone bool }

// Action is what to do with one track now.
type Action int

const (
	Nothing Action = iota
	Publish
	Unpublish
)

// Allowed reads a participant's permission. An empty list of sources means every
// source, as the server has it; no permission at all means none is known yet.
func Allowed(permission *livekit.ParticipantPermission) Sources {
	if permission == nil || !permission.CanPublish {
		return Sources{}
	}
	may := func(source livekit.TrackSource) bool {
		return len(permission.CanPublishSources) == 0 || slices.Contains(permission.CanPublishSources, source)
	}
	return Sources{Camera: may(livekit.TrackSource_CAMERA), Microphone: may(livekit.TrackSource_MICROPHONE)}
}

// Next compares what is allowed with what is sent.
func Next(allowed, published bool) Action {
	switch {
	case allowed && !published:
		return Publish
	case !allowed && published:
		return Unpublish
	}
	return Nothing
}
