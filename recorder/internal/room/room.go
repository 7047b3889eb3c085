// Package room joins the LiveKit room of a take as a hidden listener, subscribes to every hall, and
// comes back for ever: the SDK's own reconnecting gives up after a minute and waits ever longer.
package room

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"

	lksdk "github.com/livekit/server-sdk-go/v2"

	"tiepdan.vn/recorder/internal/clock"
	"tiepdan.vn/recorder/internal/lane"
	"tiepdan.vn/recorder/internal/sockets"
	"tiepdan.vn/recorder/internal/take"
)

// Ticket is what the newest beat gave.
type Ticket struct {
	URL, Token string
	Halls      map[string]string // hall key → folder of the point
}

// Room feeds one take.
type Room struct {
	take *take.Take

	mu      sync.Mutex
	ticket  Ticket
	joined  bool
	problem string
	clocks  map[string]*clock.Hall // by identity: a new connection may be another machine
	lostAt  time.Time
}

const (
	tryEvery   = time.Second
	lookEvery  = 20 * time.Millisecond   // for new sockets while joining
	joinWithin = 6 * time.Second         // signalling and media together
	resumeIn   = 1500 * time.Millisecond // the SDK may repair a broken line that long, then we join anew
)

// New makes a room that feeds t.
func New(t *take.Take, ticket Ticket) *Room {
	return &Room{take: t, ticket: ticket, clocks: map[string]*clock.Hall{}}
}

// Update takes in the newest ticket.
func (r *Room) Update(ticket Ticket) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ticket = ticket
}

// Joined tells whether the recorder is in the room now, and if not, what hinders it.
func (r *Room) Joined() (bool, string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.joined, r.problem
}

// Run stays in the room until ctx ends.
func (r *Room) Run(ctx context.Context) {
	tick := time.NewTicker(tryEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		reason, err := r.stay(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			r.hindered(err)
		default:
			r.left(reason)
			continue // try at once: often only the line was cut
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
	}
}

// stay joins once and returns when the connection is gone.
func (r *Room) stay(ctx context.Context) (reason string, err error) {
	r.mu.Lock()
	ticket := r.ticket
	r.mu.Unlock()
	whole := ctx // ends when the take does
	ctx, cancel := context.WithCancel(ctx)
	v := &visit{room: r, halls: ticket.Halls, gone: make(chan string, 4)}
	conn := lksdk.NewRoom(v.callback())
	joined := make(chan error, 1)
	go func() { // joining does not always heed its context, and an end must not wait for it
		joined <- conn.JoinWithContextAndToken(ctx, ticket.URL, ticket.Token, lksdk.WithAutoSubscribe(true),
			lksdk.WithConnectTimeout(joinWithin), lksdk.WithDisableRegionDiscovery(), lksdk.WithCodecs(codecs))
		<-ctx.Done()
		conn.Disconnect()
	}()
	defer func() {
		// The SDK must not come back beside our next visit under the same identity: its context ends first.
		cause := lane.CauseConnection
		if whole.Err() != nil {
			cause = lane.CauseClosing
		}
		cancel()
		v.end(cause)
	}()
	if err = settle(ctx, joined); err != nil || ctx.Err() != nil {
		return "", err
	}
	r.entered(conn)
	select {
	case reason = <-v.gone:
	case <-ctx.Done():
	}
	return reason, nil
}

// settle waits until joining ends, and gives the sockets that it makes large buffers before media flows.
func settle(ctx context.Context, joined <-chan error) error {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		_ = sockets.Enlarge() // where it fails, the beat's look tells
		select {
		case err := <-joined:
			_ = sockets.Enlarge()
			return err
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func (r *Room) entered(conn *lksdk.Room) {
	r.mu.Lock()
	r.joined, r.problem = true, ""
	lostAt := r.lostAt
	r.lostAt = time.Time{}
	r.mu.Unlock()
	r.take.Journal("joined", "room", conn.Name())
	slog.Info("joined", "take", r.take.ID, "room", conn.Name())
	if !lostAt.IsZero() {
		r.take.Note("rejoin", "", "", fmt.Sprintf("Đã nối lại phòng họp sau %s giây", take.Seconds(time.Since(lostAt))))
	}
}

func (r *Room) left(reason string) {
	r.mu.Lock()
	r.joined = false
	r.lostAt = time.Now()
	r.mu.Unlock()
	r.take.Journal("left", "reason", reason)
	slog.Warn("left the room", "take", r.take.ID, "reason", reason)
}

func (r *Room) hindered(err error) {
	text := "Không vào được phòng họp: " + err.Error()
	if onlyLoopback() {
		text = "Máy ghi không có địa chỉ mạng nào ngoài 127.0.0.1 nên không nhận được hình, tiếng"
	}
	r.mu.Lock()
	fresh := r.problem != text
	r.problem = text
	r.mu.Unlock()
	if fresh {
		r.take.Journal("hindered", "text", text)
		slog.Warn("cannot join", "take", r.take.ID, "error", err, "only_loopback", onlyLoopback())
	}
}

// onlyLoopback: the Go SDK gathers no loopback candidates, so such a machine cannot receive media.
func onlyLoopback() bool {
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return false
	}
	for _, a := range addrs {
		if ip, ok := a.(*net.IPNet); ok && !ip.IP.IsLoopback() && !ip.IP.IsLinkLocalUnicast() {
			return false
		}
	}
	return true
}

// clock gives the clock of one connection.
func (r *Room) clock(identity string) *clock.Hall {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.clocks[identity]
	if c == nil {
		c = &clock.Hall{}
		r.clocks[identity] = c
	}
	return c
}

// point is the folder of a hall: the newest plan's, else the one known at joining, else the hall's key.
func (r *Room) point(hall string, halls map[string]string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, from := range []map[string]string{r.ticket.Halls, halls} {
		if name := from[hall]; safeName(name) {
			return name
		}
	}
	return hall
}
