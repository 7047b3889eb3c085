package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"time"

	"tiepdan.vn/recorder/internal/standin/ffmpeg"
	"tiepdan.vn/recorder/internal/standin/hall"
	"tiepdan.vn/recorder/internal/standin/load"
	"tiepdan.vn/recorder/internal/standin/picture"
	"tiepdan.vn/recorder/internal/standin/point"
)

// playHall is the normal mode: one hall, live.
func playHall(ctx context.Context, s settings) error {
	if s.name == "" || s.passwordFile == "" {
		return errors.New("-name and -password-file are needed")
	}
	if s.fps < 1 || s.fps > 60 {
		return errors.New("-fps must be from 1 to 60")
	}
	program, err := needFFmpeg(s)
	if err != nil {
		return err
	}
	title := s.title
	if title == "" {
		title = s.name
	}
	drawn, err := picture.New(s.width, s.height, title)
	if err != nil {
		return err
	}
	client, err := hall.New(s.web, s.name, s.passwordFile, s.takeover)
	if err != nil {
		return err
	}
	tone, err := ffmpeg.Tone(ctx, program)
	if err != nil {
		return err
	}
	point.Run(ctx, point.Options{
		Hall: client,
		Camera: ffmpeg.Camera{
			Program: program, Width: s.width, Height: s.height, FPS: s.fps, Kbps: s.kbps, Draw: drawn.Draw,
		},
		Tone: tone,
		Log:  s.log.With("hall", s.name),
	})
	return nil
}

// playLoad is the load mode: many points from one clip.
func playLoad(ctx context.Context, s settings) error {
	if s.livekit == "" || s.key == "" || s.secretFile == "" || s.room == "" || s.clip == "" || s.points < 1 {
		return errors.New("-load needs -livekit, -key, -secret-file, -room, -clip and at least one of -points")
	}
	secret, err := os.ReadFile(s.secretFile)
	if err != nil {
		return err
	}
	clip, err := load.ReadClip(s.clip, s.sound)
	if err != nil {
		return err
	}
	run := load.New(load.Options{
		URL: s.livekit, Key: s.key, Secret: strings.TrimSpace(string(secret)), Room: s.room,
		Points: s.points, First: s.first, Clip: clip, OutOfPhase: s.outOfPhase, Log: s.log,
	})
	out := json.NewEncoder(os.Stdout)
	if s.report > 0 {
		go func() {
			for ticks := time.NewTicker(s.report); ctx.Err() == nil; {
				select {
				case <-ctx.Done():
				case <-ticks.C:
					_ = out.Encode(run.Totals())
				}
			}
		}()
	}
	run.Play(ctx)
	return out.Encode(run.Totals())
}
