package standin_test

// Runs stand-ins against a real LiveKit server: set LIVEKIT_SERVER to its program.

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/livekit/protocol/auth"
	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"tiepdan.vn/recorder/internal/standin/live"
)

const (
	apiKey    = "devkey"
	apiSecret = "a-secret-for-tests-of-at-least-32-bytes"
	roomName  = "tiep-dan-1"
	patience  = time.Minute
)

type server struct {
	port   int
	config string
	cmd    *exec.Cmd
}

func newServer(t *testing.T) *server {
	t.Helper()
	if os.Getenv("LIVEKIT_SERVER") == "" {
		t.Skip("LIVEKIT_SERVER is not set: no real server to join")
	}
	needFFmpeg(t)
	live.Quiet()
	s := &server{port: freePort(t, "tcp"), config: filepath.Join(t.TempDir(), "livekit.yaml")}
	text := fmt.Sprintf(`port: %d
bind_addresses: ["127.0.0.1"]
keys: {%s: %s}
logging: {level: error}
rtc:
  udp_port: %d
  tcp_port: 0
  use_external_ip: false
  node_ip: 127.0.0.1
  enable_loopback_candidate: true
  interfaces: {includes: [lo]}
  stun_servers: ["127.0.0.1:3478"]
`, s.port, apiKey, apiSecret, freePort(t, "udp"))
	if err := os.WriteFile(s.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s.start(t)
	return s
}

func needFFmpeg(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		t.Skip("ffmpeg is not installed")
	}
	return path
}

func freePort(t *testing.T, network string) int {
	t.Helper()
	if network == "udp" {
		c, err := net.ListenPacket("udp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		return c.LocalAddr().(*net.UDPAddr).Port
	}
	c, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return c.Addr().(*net.TCPAddr).Port
}

func (s *server) start(t *testing.T) {
	t.Helper()
	s.cmd = exec.Command(os.Getenv("LIVEKIT_SERVER"), "--config", s.config)
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	cmd := s.cmd
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	await(t, "LiveKit answers", func() bool {
		answer, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d/", s.port))
		if err == nil {
			answer.Body.Close()
		}
		return err == nil
	})
}

func (s *server) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

func (s *server) url() string { return fmt.Sprintf("ws://127.0.0.1:%d", s.port) }

// permit gives a hall the camera, and the microphone or not.
func (s *server) permit(t *testing.T, identity string, microphone bool) {
	t.Helper()
	sources := []livekit.TrackSource{livekit.TrackSource_CAMERA}
	if microphone {
		sources = append(sources, livekit.TrackSource_MICROPHONE)
	}
	client := lksdk.NewRoomServiceClient(fmt.Sprintf("http://127.0.0.1:%d", s.port), apiKey, apiSecret)
	_, err := client.UpdateParticipant(t.Context(), &livekit.UpdateParticipantRequest{
		Room: roomName, Identity: identity,
		Permission: &livekit.ParticipantPermission{CanPublish: true, CanSubscribe: true, CanPublishSources: sources},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func await(t *testing.T, what string, done func() bool) {
	t.Helper()
	ticks := time.NewTicker(20 * time.Millisecond)
	defer ticks.Stop()
	for end := time.Now().Add(patience); time.Now().Before(end); <-ticks.C {
		if done() {
			return
		}
	}
	t.Fatalf("waited in vain: %s", what)
}

// arrival is an RTP packet and when it came.
type arrival struct {
	packet *rtp.Packet
	at     time.Time
}

// listener subscribes to everything and keeps all packets by "identity/source".
type listener struct {
	mu      sync.Mutex
	packets map[string][]arrival
	gone    map[string]int // tracks that were taken away
	closed  chan struct{}
	room    *lksdk.Room
}

func (s *server) listen(t *testing.T) *listener {
	t.Helper()
	l := &listener{packets: map[string][]arrival{}, gone: map[string]int{}, closed: make(chan struct{})}
	no := false
	token, err := auth.NewAccessToken(apiKey, apiSecret).SetIdentity("s1.test").
		SetVideoGrant(&auth.VideoGrant{RoomJoin: true, Room: roomName, CanPublish: &no}).ToJWT()
	if err != nil {
		t.Fatal(err)
	}
	key := func(pub lksdk.TrackPublication, of *lksdk.RemoteParticipant) string {
		return of.Identity() + "/" + map[livekit.TrackSource]string{
			livekit.TrackSource_CAMERA: "camera", livekit.TrackSource_MICROPHONE: "microphone",
		}[pub.Source()]
	}
	callback := &lksdk.RoomCallback{ParticipantCallback: lksdk.ParticipantCallback{
		OnTrackSubscribed: func(track *webrtc.TrackRemote, pub *lksdk.RemoteTrackPublication, of *lksdk.RemoteParticipant) {
			go l.collect(key(pub, of), track)
		},
		OnTrackUnpublished: func(pub *lksdk.RemoteTrackPublication, of *lksdk.RemoteParticipant) {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.gone[key(pub, of)]++
		},
	}}
	l.room, err = lksdk.ConnectToRoomWithToken(s.url(), token, callback)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.room.Disconnect)
	return l
}

func (l *listener) collect(key string, track *webrtc.TrackRemote) {
	for {
		packet, _, err := track.ReadRTP()
		if err != nil {
			return
		}
		l.mu.Lock()
		l.packets[key] = append(l.packets[key], arrival{packet, time.Now()})
		l.mu.Unlock()
	}
}

func (l *listener) got(key string) []arrival {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.packets[key][:len(l.packets[key]):len(l.packets[key])]
}

func (l *listener) lost(key string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.gone[key]
}
