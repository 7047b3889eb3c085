package picture

import (
	"image"
	"testing"
	"time"

	"tiepdan.vn/recorder/internal/standin/blocks"
)

const letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ" +
	"AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴĐ·–&"

func TestEveryVietnameseLetterCanBeDrawn(t *testing.T) {
	for name := range faces {
		if lost, err := missing(name, letters); err != nil || lost != "" {
			t.Errorf("%s lacks %q (%v)", name, lost, err)
		}
	}
}

func TestTheBlockClockTellsWhenAFrameWasDrawn(t *testing.T) {
	for _, size := range [][2]int{{640, 360}, {1280, 720}, {320, 180}} {
		w, h := size[0], size[1]
		p, err := New(w, h, "Sở NN&MT")
		if err != nil {
			t.Fatal(err)
		}
		// All along the disc's way around, it must never touch the clock.
		start := time.UnixMilli(1795332600123)
		for step := range 40 {
			at := start.Add(time.Duration(step) * 517 * time.Millisecond)
			pix := p.Draw(at)
			if len(pix) != w*h*3/2 {
				t.Fatalf("frame of %d bytes", len(pix))
			}
			grey := &image.Gray{Pix: pix[:w*h], Stride: w, Rect: image.Rect(0, 0, w, h)}
			if ms, ok := blocks.Read(grey); !ok || ms != at.UnixMilli() {
				t.Fatalf("%dx%d: drawn %d, read %d %v", w, h, at.UnixMilli(), ms, ok)
			}
		}
	}
}

func TestBothUnicodeFormsOfATitleLookTheSame(t *testing.T) {
	at := time.UnixMilli(1795332600123)
	one, err := New(640, 360, "Xã Thạnh Lộc")
	if err != nil {
		t.Fatal(err)
	}
	two, err := New(640, 360, "Xa\u0303 Tha\u0323nh Lo\u0323\u0302c")
	if err != nil {
		t.Fatal(err)
	}
	if string(one.Draw(at)) != string(two.Draw(at)) {
		t.Fatal("a decomposed title is drawn differently")
	}
}

func TestALongNameStaysInsideThePicture(t *testing.T) {
	title := "Sở Nông nghiệp và Môi trường tỉnh An Giang"
	lines, err := fit(title, 560, 54, 18)
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != 2 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, line := range lines {
		if line.Rect.Dx() > 560 {
			t.Errorf("a line is %d px wide", line.Rect.Dx())
		}
	}
}

func TestATitleTheFontCannotDrawIsRefused(t *testing.T) {
	if _, err := New(640, 360, "接待"); err == nil {
		t.Fatal("a title of empty boxes was accepted")
	}
}

func BenchmarkDraw(b *testing.B) {
	p, err := New(640, 360, "Sở NN&MT")
	if err != nil {
		b.Fatal(err)
	}
	at := time.UnixMilli(1795332600123)
	b.ReportAllocs()
	for b.Loop() {
		at = at.Add(67 * time.Millisecond)
		p.Draw(at)
	}
}
