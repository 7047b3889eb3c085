// Command recorder records the receptions that the web assigns to it.
package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	protologger "github.com/livekit/protocol/logger"
	lksdk "github.com/livekit/server-sdk-go/v2"

	"tiepdan.vn/recorder/internal/beat"
)

const version = "0.1.0"

// stopWithin is how long files may take to close after SIGTERM.
const stopWithin = 2500 * time.Millisecond

func main() {
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, nil)))
	config, err := fromEnvironment()
	if err != nil {
		slog.Error("cannot start", "error", err)
		os.Exit(2)
	}
	lksdk.SetLogger(protologger.GetDiscardLogger())
	// Next to nothing is allocated per packet, so collecting is rare at this setting and memory stays small. The
	// limit makes the collector careful when a stalled disk lets the buffers grow.
	// One thread runs the chain of goroutines that a packet goes through: waking others for each packet costs more than
	// it gains (docs/performance.md).
	runtime.GOMAXPROCS(1)
	debug.SetGCPercent(100)
	debug.SetMemoryLimit(192 << 20)

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	context.AfterFunc(ctx, func() {
		time.Sleep(stopWithin)
		slog.Error("the disk did not take everything in time")
		os.Exit(1)
	})
	slog.Info("recorder", "version", version, "name", config.Name, "web", config.Web, "archive", config.Archive)
	beat.New(config).Run(ctx)
	slog.Info("stopped")
}

func fromEnvironment() (beat.Config, error) {
	c := beat.Config{
		Web: cmp.Or(os.Getenv("TIEPDAN_WEB"), "http://127.0.0.1:8000"), Name: os.Getenv("TIEPDAN_RECORDER_NAME"),
		Archive: os.Getenv("TIEPDAN_ARCHIVE"), Version: version, Boot: rand.Text(), Every: time.Second,
	}
	tokenFile := os.Getenv("TIEPDAN_RECORDER_TOKEN_FILE")
	for name, value := range map[string]string{
		"TIEPDAN_RECORDER_NAME": c.Name, "TIEPDAN_ARCHIVE": c.Archive, "TIEPDAN_RECORDER_TOKEN_FILE": tokenFile,
	} {
		if value == "" {
			return c, fmt.Errorf("%s is not set", name)
		}
	}
	token, err := os.ReadFile(tokenFile)
	if err != nil {
		return c, err
	}
	if c.Token = strings.TrimSpace(string(token)); c.Token == "" {
		return c, fmt.Errorf("%s is empty", tokenFile)
	}
	if c.Archive, err = filepath.Abs(c.Archive); err != nil {
		return c, err
	}
	return c, os.MkdirAll(c.Archive, 0o750)
}
