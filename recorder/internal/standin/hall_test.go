package standin_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/livekit/protocol/auth"

	"tiepdan.vn/recorder/internal/standin/blocks"
	"tiepdan.vn/recorder/internal/standin/ffmpeg"
	"tiepdan.vn/recorder/internal/standin/hall"
	"tiepdan.vn/recorder/internal/standin/picture"
	"tiepdan.vn/recorder/internal/standin/point"
)

// web answers like the pages a hall signs in on; refuse, when set, is the code
// every ticket is refused with.
type web struct {
	server  *server
	mu      sync.Mutex
	refuse  string
	refused int
	given   int // tickets; also the number of the connection
}

func (w *web) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch r.Method + r.URL.Path {
	case "GET/dang-nhap/diem-cau/":
		http.SetCookie(out, &http.Cookie{Name: "csrftoken", Value: "c", Path: "/"})
	case "POST/dang-nhap/diem-cau/":
		fmt.Fprint(out, `{"next":"/diem-cau-toi/","room":"/phong/BT-2026-012/"}`)
	case "POST/phong/BT-2026-012/ve/":
		if w.refuse != "" {
			w.refused++
			out.WriteHeader(http.StatusConflict)
			fmt.Fprintf(out, `{"sentence":"Không vào được.","code":%q}`, w.refuse)
			return
		}
		w.given++
		identity := fmt.Sprintf("p7.%d", w.given)
		grant := &auth.VideoGrant{RoomJoin: true, Room: roomName, CanPublishSources: []string{"camera"}}
		token, err := auth.NewAccessToken(apiKey, apiSecret).SetIdentity(identity).SetVideoGrant(grant).ToJWT()
		if err != nil {
			out.WriteHeader(http.StatusInternalServerError)
			return
		}
		_ = json.NewEncoder(out).Encode(map[string]any{"url": w.server.url(), "token": token, "identity": identity, "hall": "p7"})
	default:
		http.NotFound(out, r)
	}
}

func (w *web) set(code string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.refuse, w.refused = code, 0
}

func (w *web) now() (identity string, refused int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return fmt.Sprintf("p7.%d", w.given), w.refused
}

// begin starts a stand-in that signs in at w.
func begin(t *testing.T, w *web) {
	t.Helper()
	page := httptest.NewServer(w)
	t.Cleanup(page.Close)
	password := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(password, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	client, err := hall.New(page.URL, "so-nnmt", password, false)
	if err != nil {
		t.Fatal(err)
	}
	program := needFFmpeg(t)
	drawn, err := picture.New(640, 360, "Sở NN&MT")
	if err != nil {
		t.Fatal(err)
	}
	tone, err := ffmpeg.Tone(t.Context(), program)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		point.Run(ctx, point.Options{
			Hall: client, Tone: tone, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
			Camera: ffmpeg.Camera{Program: program, Width: 640, Height: 360, FPS: 15, Kbps: 500, Draw: drawn.Draw},
		})
		close(done)
	}()
	t.Cleanup(func() { stop(); <-done })
}

func TestAHallShowsItsClockAndSpeaksOnlyWithTheFloor(t *testing.T) {
	s := newServer(t)
	w := &web{server: s}
	l := s.listen(t)
	begin(t, w)
	await(t, "60 frames", func() bool { return len(assemble(t, l.got("p7.1/camera"))) >= 60 })
	if len(l.got("p7.1/microphone")) > 0 {
		t.Fatal("the hall speaks without the floor")
	}
	checkClock(t, assemble(t, l.got("p7.1/camera")))

	s.permit(t, "p7.1", true)
	await(t, "two seconds of sound", func() bool { return len(l.got("p7.1/microphone")) >= 110 })
	checkTone(t, l.got("p7.1/microphone"))
	s.permit(t, "p7.1", false)
	await(t, "the microphone is taken away", func() bool { return l.lost("p7.1/microphone") == 1 })
	heard := len(l.got("p7.1/microphone"))
	s.permit(t, "p7.1", true)
	await(t, "sound again", func() bool { return len(l.got("p7.1/microphone")) > heard+50 })
	if n := l.lost("p7.1/camera"); n != 0 {
		t.Errorf("the camera went away %d times", n)
	}
}

// checkClock reads the time in every decoded frame.
func checkClock(t *testing.T, frames []frame) {
	t.Helper()
	pictures := decode(t, frames, 640, 360)
	if len(pictures) != len(frames) {
		t.Fatalf("%d of %d frames decoded", len(pictures), len(frames))
	}
	if shot := os.Getenv("STANDIN_SHOT"); shot != "" { // to look at it
		_ = os.WriteFile(shot, pictures[len(pictures)-1].Pix, 0o600)
	}
	last := int64(0)
	var lates []int64
	defer func() { slices.Sort(lates); t.Log("ms from drawing to arrival, in order:", lates) }()
	for n, picture := range pictures {
		ms, ok := blocks.Read(picture)
		if !ok {
			t.Fatalf("frame %d: the clock cannot be read", n)
		}
		late := frames[n].at.UnixMilli() - ms
		lates = append(lates, late)
		if late < 0 || late > patience.Milliseconds() || ms <= last {
			t.Fatalf("frame %d: drawn %d ms before it arrived, %d ms after the frame before", n, late, ms-last)
		}
		// The stamp and the clock must tell the same time.
		if n > 0 {
			byClock, byStamp := ms-last, int64(frames[n].stamp-frames[n-1].stamp)/90
			if byClock-byStamp > 1 || byStamp-byClock > 1 {
				t.Fatalf("frame %d: %d ms later by its clock, %d ms by its stamp", n, byClock, byStamp)
			}
		}
		last = ms
	}
}

// checkTone looks for the tone: the large packets, six in fifty, at the turn of
// each UTC second. A busy machine delivers some of them late, so the middle one
// in order of lateness decides.
func checkTone(t *testing.T, packets []arrival) {
	t.Helper()
	var into []int64 // the second, in ms; the first loud packet leaves 20 ms before it is full
	for _, got := range packets[:100] {
		if len(got.packet.Payload) > 40 {
			into = append(into, (got.at.UnixMilli()+20)%1000)
		}
	}
	if len(into) < 10 || len(into) > 14 {
		t.Fatalf("%d of 100 packets hold tone", len(into))
	}
	slices.Sort(into)
	if middle := into[len(into)/2]; middle > 300 {
		t.Errorf("the tone comes %d ms into the second: %v", middle-20, into)
	}
	t.Log("ms into the second, and 20, of each packet with tone:", into)
}

func TestAHallComesBackAfterLiveKitDiedAndWaitsWhenRefused(t *testing.T) {
	s := newServer(t)
	w := &web{server: s}
	begin(t, w)
	l := s.listen(t)
	await(t, "a frame", func() bool { return len(assemble(t, l.got("p7.1/camera"))) > 0 })

	l.room.Disconnect() // or it comes back by itself and turns the next listener out
	s.kill()
	w.set("removed")
	await(t, "the hall asks again", func() bool { _, refused := w.now(); return refused > 0 })
	s.start(t)
	w.set("")
	l = s.listen(t)
	await(t, "frames of a new connection", func() bool {
		identity, _ := w.now()
		return identity != "p7.1" && len(assemble(t, l.got(identity+"/camera"))) > 0
	})
	if identity, _ := w.now(); identity == "p7.1" {
		t.Fatal("no new ticket was taken")
	}
}
