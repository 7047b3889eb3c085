package beat

// Runs the recorder against a real LiveKit server: set LIVEKIT_SERVER to its program.

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/livekit/protocol/auth"
	"github.com/livekit/protocol/livekit"
	protologger "github.com/livekit/protocol/logger"
	lksdk "github.com/livekit/server-sdk-go/v2"

	"tiepdan.vn/recorder/internal/take"
)

const (
	apiKey    = "devkey"
	apiSecret = "a-secret-for-tests-of-at-least-32-bytes"
	roomName  = "k3v9"
)

func TestRecordsARealRoom(t *testing.T) {
	whole := t
	server := newServer(t)
	server.start(t)
	picture, sound := media(t, 60)
	web := newWeb(t)
	archive := t.TempDir()
	stop := runLoop(t, web, archive)
	web.want(server.wanted(t, "t1", DoRecord))

	hall, microphone := server.publish(t, "p7.12", picture, sound)
	web.until(t, "both tracks growing", func(r Request) bool { return grown(r, 2, 40_000) })

	t.Run("the server is killed and comes back", func(t *testing.T) {
		server.kill()
		web.until(t, "the loss is told", func(r Request) bool { return len(r.Takes) == 1 && r.Takes[0].State == Joining })
		down := time.Now()
		web.until(t, "a gap worth a note", func(Request) bool { return time.Since(down) > 1500*time.Millisecond })
		server.start(whole)
		back := time.Now()
		web.until(t, "in the room again", func(r Request) bool { return r.Takes[0].State == Recording })
		if d := time.Since(back); d > 4*time.Second {
			t.Errorf("back after %v", d)
		}
		hall.Disconnect()
		before := web.last().Takes[0].Bytes
		hall, microphone = server.publish(whole, "p7.13", picture, sound)
		web.until(t, "growing again", func(r Request) bool { return grown(r, 2, before+40_000) })
		web.until(t, "the gap is told", func(Request) bool { return web.told("rejoin") && web.told("gap") })
	})

	t.Run("muted and unmuted", func(t *testing.T) {
		microphone.SetMuted(true)
		web.until(t, "sound file ended", func(r Request) bool { return len(r.Takes[0].Tracks) == 2 && ended(archive, "muted") })
		microphone.SetMuted(false)
		first := web.track("microphone").Bytes
		web.until(t, "sound grows again", func(Request) bool { return web.track("microphone").Bytes > first+2000 })
	})

	web.want(server.wanted(t, "t1", DoClose))
	web.until(t, "closed", func(r Request) bool { return r.Takes[0].State == Closed })
	stop()
	hall.Disconnect()
	checkFolder(t, filepath.Join(archive, "BT-2026-012", "t1"))
}

// grown tells whether all wanted tracks are on disk and the take holds that many bytes.
func grown(r Request, tracks int, bytes int64) bool {
	return len(r.Takes) == 1 && len(r.Takes[0].Tracks) == tracks && r.Takes[0].Bytes > bytes && r.Takes[0].State == Recording &&
		r.Takes[0].Tracks[0].Frames > 30 && r.Takes[0].Tracks[1].Frames > 30
}

func ended(archive, cause string) bool {
	journal, _ := os.ReadFile(filepath.Join(archive, "BT-2026-012", "t1", "journal.jsonl"))
	return strings.Contains(string(journal), fmt.Sprintf(`"cause":%q`, cause))
}

func checkFolder(t *testing.T, dir string) {
	t.Helper()
	chain, err := take.VerifyLedger(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !chain.Sealed || len(chain.Files) < 5 {
		t.Errorf("sealed %v, %d files", chain.Sealed, len(chain.Files))
	}
	raw, err := os.ReadFile(filepath.Join(dir, "index.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]take.Opened{}
	for line := range strings.Lines(string(raw)) {
		var l struct {
			Open     *take.Opened
			Clusters map[string][][4]int64
			Close    *take.Closed
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		if l.Open != nil {
			files[fmt.Sprint(l.Open.ID)] = *l.Open
		}
		for id, clusters := range l.Clusters {
			checkClusters(t, filepath.Join(dir, files[id].File), clusters)
		}
		if l.Close != nil {
			checkDecodes(t, filepath.Join(dir, files[fmt.Sprint(l.Close.ID)].File), l.Close.Duration)
		}
	}
	if len(files) != len(chain.Files) {
		t.Errorf("%d files in the index, %d in the ledger", len(files), len(chain.Files))
	}
}

func checkClusters(t *testing.T, path string, clusters [][4]int64) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range clusters {
		if string(data[c[0]:c[0]+4]) != "\x1F\x43\xB6\x75" {
			t.Errorf("%s: no cluster at %d", path, c[0])
		}
		if end := c[0] + c[1]; end > int64(len(data)) || end < int64(len(data)) && data[end] != 0x1F {
			t.Errorf("%s: cluster at %d does not end at %d", path, c[0], end)
		}
	}
}

// checkDecodes lets ffmpeg decode a file strictly, and compares its length.
func checkDecodes(t *testing.T, path string, want float64) {
	t.Helper()
	out, err := exec.Command("ffmpeg", "-v", "error", "-xerror", "-i", path, "-f", "null", "-").CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("ffmpeg on %s: %v %s", path, err, out)
	}
	probe, err := exec.Command("ffprobe", "-v", "error", "-show_entries", "packet=pts_time", "-of", "csv=p=0", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	stamps := strings.Fields(string(probe))
	last, err := strconv.ParseFloat(strings.Trim(stamps[len(stamps)-1], ","), 64)
	if err != nil || math.Abs(last-want) > 1 {
		t.Errorf("%s lasts %v, the index says %v (%v)", path, last, want, err)
	}
}

type server struct {
	config string
	port   int
	cmd    *exec.Cmd
}

func newServer(t *testing.T) *server {
	t.Helper()
	if os.Getenv("LIVEKIT_SERVER") == "" {
		t.Skip("LIVEKIT_SERVER is not set: no real server to record from")
	}
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("ffmpeg is not installed")
	}
	s := &server{port: freePort(t, "tcp"), config: filepath.Join(t.TempDir(), "livekit.yaml")}
	text := fmt.Sprintf(`port: %d
bind_addresses: ["127.0.0.1"]
keys: {%s: %s}
logging: {level: warn}
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
	return s
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
	s.cmd.Stderr = os.Stderr
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	cmd := s.cmd
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); <-tick.C {
		if res, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d/", s.port)); err == nil {
			res.Body.Close()
			return
		}
	}
	t.Fatal("LiveKit does not answer")
}

func (s *server) kill() {
	s.cmd.Process.Kill()
	s.cmd.Wait()
}

func (s *server) token(t *testing.T, identity string, grant *auth.VideoGrant) string {
	t.Helper()
	grant.RoomJoin, grant.Room = true, roomName
	token, err := auth.NewAccessToken(apiKey, apiSecret).SetIdentity(identity).SetVideoGrant(grant).SetValidFor(10 * time.Minute).ToJWT()
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func (s *server) url() string { return fmt.Sprintf("ws://127.0.0.1:%d", s.port) }

func (s *server) wanted(t *testing.T, id, do string) TakeWanted {
	no := false
	return TakeWanted{
		ID: id, Reception: "BT-2026-012", Dir: "BT-2026-012/" + id, Room: roomName, URL: s.url(), Do: do,
		Token: s.token(t, "r."+id, &auth.VideoGrant{Hidden: true, CanPublish: &no, CanPublishData: &no}),
		Halls: map[string]string{"p7": "xa-thanh-loc"}, Policy: take.Policy{SegmentSeconds: 6, FlushMS: 250, FsyncMS: 1000, KeyframeSeconds: 2},
	}
}

func (s *server) publish(t *testing.T, identity, picture, sound string) (room *lksdk.Room, microphone *lksdk.LocalTrackPublication) {
	t.Helper()
	lksdk.SetLogger(protologger.GetDiscardLogger())
	room, err := lksdk.ConnectToRoomWithToken(s.url(), s.token(t, identity, &auth.VideoGrant{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(room.Disconnect)
	for path, options := range map[string]*lksdk.TrackPublicationOptions{
		picture: {Source: livekit.TrackSource_CAMERA, VideoWidth: 320, VideoHeight: 240},
		sound:   {Source: livekit.TrackSource_MICROPHONE},
	} {
		var pace []lksdk.ReaderSampleProviderOption
		if path == picture { // the SDK misreads the time base of IVF
			pace = append(pace, lksdk.ReaderTrackWithFrameDuration(40*time.Millisecond))
		}
		track, err := lksdk.NewLocalFileTrack(path, pace...)
		if err != nil {
			t.Fatal(err)
		}
		pub, err := room.LocalParticipant.PublishTrack(track, options)
		if err != nil {
			t.Fatal(err)
		}
		if path == sound {
			microphone = pub
		}
	}
	return room, microphone
}

// media makes a picture with a keyframe a second and a sound, by ffmpeg.
func media(t *testing.T, seconds int) (picture, sound string) {
	t.Helper()
	dir := t.TempDir()
	picture, sound = filepath.Join(dir, "picture.ivf"), filepath.Join(dir, "sound.ogg")
	for _, args := range [][]string{
		{"-f", "lavfi", "-i", "testsrc=size=320x240:rate=25", "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "300k", "-g", "25", picture},
		{"-f", "lavfi", "-i", "sine=frequency=440", "-c:a", "libopus", "-b:a", "32k", "-page_duration", "20000", sound},
	} {
		last := len(args) - 1
		full := append([]string{"-v", "error", "-y"}, args[:last]...)
		full = append(full, "-t", strconv.Itoa(seconds), args[last])
		if out, err := exec.CommandContext(context.Background(), "ffmpeg", full...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	return picture, sound
}
