package ffmpeg

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"tiepdan.vn/recorder/internal/standin/container"
)

func program(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		t.Skip("ffmpeg is not installed")
	}
	return path
}

func TestTonePCMSoundsInTheFirstTenthOfEachSecond(t *testing.T) {
	pcm := tonePCM(2, 0)
	loud := func(from, to int) (top int16) {
		for i := from; i < to; i++ {
			top = max(top, int16(binary.LittleEndian.Uint16(pcm[2*i:])))
		}
		return top
	}
	for second := range 2 {
		at := second * soundRate
		if loud(at, at+burst) < 10000 || loud(at+burst, at+soundRate) != 0 {
			t.Errorf("second %d: %d then %d", second, loud(at, at+burst), loud(at+burst, at+soundRate))
		}
	}
}

func TestToneIsOneSecondOfPackets(t *testing.T) {
	packets, err := Tone(t.Context(), program(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(packets) != perSecond {
		t.Fatalf("%d packets", len(packets))
	}
	// the tone needs bytes, the silence nearly none (the last packet holds the moved beginning)
	for i, packet := range packets {
		if i < 5 && len(packet) < 30 || i > 15 && i < 49 && len(packet) > 60 {
			t.Errorf("packet %d: %d bytes", i, len(packet))
		}
	}
}

func testCamera(t *testing.T, frame func([]byte, time.Time, int)) *Camera {
	grey := bytes.Repeat([]byte{90}, 160*90*3/2)
	return &Camera{
		Program: program(t), Width: 160, Height: 90, FPS: 15, Kbps: 100, Frame: frame,
		Draw: func(at time.Time) []byte { return grey },
	}
}

func TestTheCameraIsStartedAgainAfterItsEncoderDied(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	firsts := make(chan bool, 16) // one for each life, true when it began with a keyframe
	camera := testCamera(t, func(frame []byte, drawn time.Time, n int) {
		if n == 0 {
			firsts <- container.IsKey(frame) && time.Since(drawn) < time.Minute
		}
	})
	// a program that puts its own process id where we can see it, then becomes ffmpeg
	ids := filepath.Join(t.TempDir(), "ids")
	script := filepath.Join(t.TempDir(), "encoder")
	text := "#!/bin/sh\necho $$ >> " + ids + "\nexec " + camera.Program + " \"$@\"\n"
	if err := os.WriteFile(script, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	camera.Program = script
	done := make(chan struct{})
	go func() { camera.Keep(ctx, slog.New(slog.NewTextHandler(io.Discard, nil))); close(done) }()
	for life := range 2 {
		select {
		case good := <-firsts:
			if !good {
				t.Fatalf("life %d began without a fresh keyframe", life)
			}
		case <-ctx.Done():
			t.Fatalf("no frame in life %d", life)
		}
		text, _ := os.ReadFile(ids)
		lines := bytes.Fields(text)
		if len(lines) != life+1 {
			t.Fatalf("%d encoders were started, not %d", len(lines), life+1)
		}
		if life == 0 {
			pid := 0
			for _, digit := range lines[0] {
				pid = pid*10 + int(digit-'0')
			}
			if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
		}
	}
	stop()
	<-done
}

func TestConvertTellsWhatFfmpegSaid(t *testing.T) {
	_, err := Convert(t.Context(), program(t), nil, "-i", "/nonexistent.ivf", "-f", "null", "-")
	if err == nil || !bytes.Contains([]byte(err.Error()), []byte("nonexistent")) {
		t.Fatalf("error: %v", err)
	}
}

func TestMakeClipWritesSteadyVP8(t *testing.T) {
	file := filepath.Join(t.TempDir(), "clip.ivf")
	if err := MakeClip(t.Context(), program(t), file, Clip{Width: 320, Height: 180, FPS: 15, Kbps: 300, Seconds: 4}); err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	clip, err := container.NewIVF(in)
	if err != nil {
		t.Fatal(err)
	}
	frames, keys := 0, 0
	for {
		frame, _, err := clip.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		frames++
		if container.IsKey(frame) {
			keys++
		}
	}
	if frames != 60 || keys != 2 {
		t.Fatalf("%d frames, %d keyframes", frames, keys)
	}
}
