// Package point is the life of one stand-in: sign in, take a ticket, stay in the
// room, and begin again for ever.
package point

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"tiepdan.vn/recorder/internal/standin/ffmpeg"
	"tiepdan.vn/recorder/internal/standin/hall"
	"tiepdan.vn/recorder/internal/standin/live"
)

// Options of one stand-in.
type Options struct {
	Hall   *hall.Client
	Camera ffmpeg.Camera // Frame is set here
	Tone   [][]byte
	Log    *slog.Logger
}

// Run ends only with its context.
func Run(ctx context.Context, o Options) {
	tell := once(o.Log)
	for ctx.Err() == nil {
		err := visit(ctx, o, tell)
		if ctx.Err() != nil {
			return
		}
		pause, signIn := hall.Patience(err)
		if signIn {
			o.Hall.Forget()
		}
		tell("outside the room", "why", err.Error())
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// visit is one way into the room and the stay there; it always ends with an error.
func visit(ctx context.Context, o Options, tell func(string, ...string)) error {
	if !o.Hall.SignedIn() {
		if err := o.Hall.SignIn(ctx); err != nil {
			return err
		}
		tell("signed in")
	}
	ticket, err := o.Hall.Ticket(ctx)
	if err != nil {
		return err
	}
	session, err := live.Join(ctx, ticket.URL, ticket.Token, phases(o.Log))
	if err != nil {
		return err
	}
	defer session.Leave()
	tell("in the room", "identity", ticket.Identity)
	stay(ctx, o, session)
	return errors.New(session.Why())
}

// once writes a line only when it differs from the one before: an outage of an
// hour is one line, not 3,600.
func once(log *slog.Logger) func(string, ...string) {
	last := ""
	return func(message string, pairs ...string) {
		line := message
		args := make([]any, len(pairs))
		for i, word := range pairs {
			line += "\x00" + word
			args[i] = word
		}
		if line != last {
			last = line
			log.Info(message, args...)
		}
	}
}

// phases writes a line when the reception's phase changes.
func phases(log *slog.Logger) func(string) {
	last := ""
	return func(note string) {
		var state struct {
			Phase string `json:"phase"`
		}
		if json.Unmarshal([]byte(note), &state) == nil && state.Phase != "" && state.Phase != last {
			last = state.Phase
			log.Info("reception", "phase", state.Phase)
		}
	}
}
