package hall

import (
	"errors"
	"time"
)

const (
	soon  = time.Second     // something is down and will come back
	quiet = 5 * time.Second // somebody decided so; ask now and then

	// Wrong passwords are counted against the hall: a stand-in with an old one
	// must not lock out the people who have the new one.
	slow = 15 * time.Second
)

// Patience says how long to wait after a failed attempt, and whether to sign in
// again before the next one. A stand-in never gives up by itself.
func Patience(err error) (pause time.Duration, signIn bool) {
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		return soon, false // no answer at all: web or LiveKit is down
	}
	if refusal.SignIn && refusal.Status < 500 {
		return slow, true
	}
	switch refusal.Code {
	case "media_down":
		return soon, false
	case "signed_out", "revoked", "expired":
		return quiet, true // a password given anew opens a new session
	case "":
		switch {
		case refusal.Status >= 500:
			return soon, false
		case refusal.Status/100 == 3, refusal.Status == 401, refusal.Status == 403:
			return quiet, true // sent back to the sign-in page, or the CSRF cookie is stale
		}
	}
	return quiet, false
}
