// Command standin plays halls: one hall that behaves like a browser, or a crowd
// of them that puts load on the server and the recorder.
//
//	standin -web http://127.0.0.1:8000 -name so-nnmt -password-file F -title "Sở NN&MT"
//	standin -make-clip clip.ivf -sound clip.ogg
//	standin -load -livekit ws://127.0.0.1:7880 -key K -secret-file F -room R -points 30 -clip clip.ivf -sound clip.ogg -out-of-phase
//
// One hall can be told by the environment instead: TIEPDAN_WEB, TIEPDAN_STANDIN_NAME,
// TIEPDAN_STANDIN_TITLE, TIEPDAN_STANDIN_PASSWORD_FILE and TIEPDAN_FFMPEG are what
// the flags are when they are not given.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"tiepdan.vn/recorder/internal/standin/ffmpeg"
	"tiepdan.vn/recorder/internal/standin/live"
)

// leaving is how long the good-byes may take; then the process ends all the same
// and the kernel ends ffmpeg with it.
const leaving = 1500 * time.Millisecond

type settings struct {
	ffmpeg string
	log    *slog.Logger

	web, name, passwordFile, title string
	takeover                       bool
	width, height, fps, kbps       int

	load, outOfPhase              bool
	livekit, key, secretFile      string
	room, clip, sound             string
	points, first                 int
	report, stopAfter             time.Duration
	makeClip                      string
	clipWidth, clipHeight         int
	clipFPS, clipKbps, clipSecond int
}

func main() {
	s := parse()
	s.log = slog.New(slog.NewTextHandler(os.Stderr, nil))
	live.Quiet()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if s.stopAfter > 0 {
		ctx, stop = context.WithTimeout(ctx, s.stopAfter)
		defer stop()
	}
	done := make(chan error, 1)
	go func() { done <- run(ctx, s) }()
	var err error
	select {
	case err = <-done:
	case <-ctx.Done():
		select {
		case err = <-done:
		case <-time.After(leaving):
		}
	}
	if err != nil {
		s.log.Error(err.Error())
		os.Exit(1)
	}
}

func run(ctx context.Context, s settings) error {
	switch {
	case s.makeClip != "":
		return makeClip(ctx, s)
	case s.load:
		return playLoad(ctx, s)
	}
	return playHall(ctx, s)
}

func parse() settings {
	var s settings
	flag.StringVar(&s.ffmpeg, "ffmpeg", cmp.Or(os.Getenv("TIEPDAN_FFMPEG"), "ffmpeg"), "ffmpeg program")
	flag.StringVar(&s.web, "web", cmp.Or(os.Getenv("TIEPDAN_WEB"), "http://127.0.0.1:8000"), "address of the web part")
	flag.StringVar(&s.name, "name", os.Getenv("TIEPDAN_STANDIN_NAME"), "name the hall signs in with")
	flag.StringVar(&s.passwordFile, "password-file", os.Getenv("TIEPDAN_STANDIN_PASSWORD_FILE"), "file with the hall's password, read at each sign-in")
	flag.StringVar(&s.title, "title", os.Getenv("TIEPDAN_STANDIN_TITLE"), "hall name in the picture (the sign-in name when empty)")
	flag.BoolVar(&s.takeover, "takeover", false, "move the hall to this machine when another one holds it")
	flag.IntVar(&s.width, "width", 640, "width of the picture")
	flag.IntVar(&s.height, "height", 360, "height of the picture")
	flag.IntVar(&s.fps, "fps", 15, "pictures a second")
	flag.IntVar(&s.kbps, "kbps", 500, "bit rate of the picture")

	flag.BoolVar(&s.load, "load", false, "load run: many points from clips, straight to LiveKit")
	flag.StringVar(&s.livekit, "livekit", "", "load: address of LiveKit")
	flag.StringVar(&s.key, "key", "", "load: API key")
	flag.StringVar(&s.secretFile, "secret-file", "", "load: file with the API secret")
	flag.StringVar(&s.room, "room", "", "load: room")
	flag.IntVar(&s.points, "points", 1, "load: number of points")
	flag.IntVar(&s.first, "first", 101, "load: id of the first hall (identities p101.1, p102.1, …)")
	flag.StringVar(&s.clip, "clip", "", "load: IVF file with VP8")
	flag.StringVar(&s.sound, "sound", "", "load: Ogg file with Opus (none: no sound); with -make-clip: written too")
	flag.BoolVar(&s.outOfPhase, "out-of-phase", false, "load: spread the keyframes of the points")
	flag.DurationVar(&s.report, "report", 0, "load: write the totals as JSON to standard output this often (0: only at the end)")
	flag.DurationVar(&s.stopAfter, "for", 0, "end by itself after this time")

	flag.StringVar(&s.makeClip, "make-clip", "", "write a clip for load runs and end")
	flag.IntVar(&s.clipWidth, "clip-width", 1280, "make-clip: width")
	flag.IntVar(&s.clipHeight, "clip-height", 720, "make-clip: height")
	flag.IntVar(&s.clipFPS, "clip-fps", 30, "make-clip: pictures a second")
	flag.IntVar(&s.clipKbps, "clip-kbps", 1200, "make-clip: bit rate")
	flag.IntVar(&s.clipSecond, "clip-seconds", 10, "make-clip: length")
	flag.Parse()
	return s
}

// needFFmpeg finds the program before anything else is tried.
func needFFmpeg(s settings) (string, error) {
	path, err := exec.LookPath(s.ffmpeg)
	if err != nil {
		return "", fmt.Errorf("ffmpeg is needed (-ffmpeg names it): %w", err)
	}
	return path, nil
}

func makeClip(ctx context.Context, s settings) error {
	program, err := needFFmpeg(s)
	if err != nil {
		return err
	}
	clip := ffmpeg.Clip{Width: s.clipWidth, Height: s.clipHeight, FPS: s.clipFPS, Kbps: s.clipKbps, Seconds: s.clipSecond}
	if err := ffmpeg.MakeClip(ctx, program, s.makeClip, clip); err != nil || s.sound == "" {
		return err
	}
	return ffmpeg.MakeSound(ctx, program, s.sound, s.clipSecond)
}
