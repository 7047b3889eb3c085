package standin_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"testing"

	"tiepdan.vn/recorder/internal/standin/container"
	"tiepdan.vn/recorder/internal/standin/ffmpeg"
	"tiepdan.vn/recorder/internal/standin/load"
)

func TestThePointsOfALoadRunAreReceived(t *testing.T) {
	s := newServer(t)
	dir := t.TempDir()
	picture, sound := filepath.Join(dir, "clip.ivf"), filepath.Join(dir, "clip.ogg")
	program := needFFmpeg(t)
	// the clip is shorter than what is received: it must go round without a jump
	if err := ffmpeg.MakeClip(t.Context(), program, picture, ffmpeg.Clip{Width: 320, Height: 180, FPS: 30, Kbps: 300, Seconds: 2}); err != nil {
		t.Fatal(err)
	}
	if err := ffmpeg.MakeSound(t.Context(), program, sound, 2); err != nil {
		t.Fatal(err)
	}
	clip, err := load.ReadClip(picture, sound)
	if err != nil {
		t.Fatal(err)
	}
	if len(clip.Frames) != 60 || clip.Group != 60 || len(clip.Sound) < 100 {
		t.Fatalf("clip: %d frames, group of %d, %d packets", len(clip.Frames), clip.Group, len(clip.Sound))
	}
	l := s.listen(t)
	run := load.New(load.Options{
		URL: s.url(), Key: apiKey, Secret: apiSecret, Room: roomName, Points: 3, First: 101, Clip: clip,
		OutOfPhase: true, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { run.Play(ctx); close(done) }()
	keys := map[int]uint32{} // where in the clip's round each point's keyframe came
	for i := range 3 {
		hall := fmt.Sprintf("p%d.1", 101+i)
		await(t, "150 frames of "+hall, func() bool { return len(assemble(t, l.got(hall+"/camera"))) >= 150 })
		await(t, "200 packets of sound of "+hall, func() bool { return len(l.got(hall+"/microphone")) >= 200 })
		frames := assemble(t, l.got(hall+"/camera"))
		for n := range frames[1:] {
			if step := frames[n+1].stamp - frames[n].stamp; step < 2999 || step > 3001 {
				t.Fatalf("%s: frame %d comes %d after the one before", hall, n+1, step)
			}
		}
		for n, frame := range frames {
			if container.IsKey(frame.data) {
				keys[i] = uint32(frames[n].at.UnixMilli() % 2000)
			}
		}
		packets := l.got(hall + "/microphone")
		for n := range packets[1:] {
			if step := packets[n+1].packet.Timestamp - packets[n].packet.Timestamp; step != 960 {
				t.Fatalf("%s: sound packet %d comes %d after the one before", hall, n+1, step)
			}
		}
	}
	for i := range 3 { // two thirds of a second apart, either way round
		apart := (keys[(i+1)%3] + 2000 - keys[i]) % 2000
		if apart < 500 || apart > 1500 {
			t.Errorf("keyframes of points %d and %d are %d ms apart", i, (i+1)%3, apart)
		}
	}
	stop()
	<-done
	if totals := run.Totals(); totals.Frames < 450 || totals.Rejoins != 0 || totals.InRoom != 0 {
		t.Errorf("totals: %+v", totals)
	}
}
