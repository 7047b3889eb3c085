package blocks

import (
	"image"
	"testing"
)

func painted(w, h int, ms int64) *image.Gray {
	img := image.NewGray(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 70
	}
	Paint(img.Pix, w, h, ms, 16, 235)
	return img
}

func TestReadGivesBackWhatWasPainted(t *testing.T) {
	for _, size := range [][2]int{{640, 360}, {1280, 720}, {854, 480}, {320, 180}} {
		for _, ms := range []int64{0, 1, 1795332600123, 1<<44 - 1} {
			got, ok := Read(painted(size[0], size[1], ms))
			if !ok || got != ms {
				t.Errorf("%v: painted %d, read %d %v", size, ms, got, ok)
			}
		}
	}
}

func TestACellIsLargeEnoughAt640x360(t *testing.T) {
	for i := range 64 {
		if cell := Cell(i, 640, 360); cell.Dx() != 16 || cell.Dy() != 16 {
			t.Fatalf("cell %d: %v", i, cell)
		}
	}
}

func TestAPictureWithoutClockIsRefused(t *testing.T) {
	if _, ok := Read(image.NewGray(image.Rect(0, 0, 640, 360))); ok {
		t.Fatal("a black picture was read as a clock")
	}
}

func TestAnyOneWrongCellIsNoticed(t *testing.T) {
	const ms = 1795332600123
	for i := range 64 {
		img := painted(640, 360, ms)
		cell := Cell(i, 640, 360)
		for y := cell.Min.Y; y < cell.Max.Y; y++ {
			for x := cell.Min.X; x < cell.Max.X; x++ {
				img.Pix[y*img.Stride+x] = 251 - img.Pix[y*img.Stride+x]
			}
		}
		if got, ok := Read(img); ok {
			t.Errorf("cell %d turned over: read %d", i, got)
		}
	}
}

func TestDirtyPictureIsStillRead(t *testing.T) {
	const ms = 1795332600123
	img := painted(640, 360, ms)
	for i := range img.Pix {
		img.Pix[i] = byte(min(255, max(0, int(img.Pix[i])+(i*7919%61)-30)))
	}
	if got, ok := Read(img); !ok || got != ms {
		t.Fatalf("read %d %v", got, ok)
	}
}
