package picture

import (
	"fmt"
	"image"
	"strings"

	"github.com/go-fonts/liberation/liberationmonoregular"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// The Liberation 2 faces hold every Vietnamese letter (Go's own and version 1 of
// Liberation do not) and come inside a Go module, so the program needs no file.
var faces = map[string][]byte{
	"bold":    liberationsansbold.TTF,
	"regular": liberationsansregular.TTF,
	"digits":  liberationmonoregular.TTF,
}

func face(name string, size float64) (font.Face, error) {
	parsed, err := opentype.Parse(faces[name])
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", name, err)
	}
	return opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
}

// missing lists the letters of a text that the face cannot draw.
func missing(name, text string) (string, error) {
	parsed, err := opentype.Parse(faces[name])
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, letter := range text {
		if glyph, err := parsed.GlyphIndex(nil, letter); err != nil || glyph == 0 {
			out.WriteRune(letter)
		}
	}
	return out.String(), nil
}

// stencil is one line of text as an opacity mask, as high as the face's line.
func stencil(f font.Face, text string) *image.Alpha {
	metrics := f.Metrics()
	width := font.MeasureString(f, text).Ceil()
	mask := image.NewAlpha(image.Rect(0, 0, width+2, (metrics.Ascent + metrics.Descent).Ceil()))
	drawer := font.Drawer{Dst: mask, Src: image.Opaque, Face: f, Dot: fixed.Point26_6{X: fixed.I(1), Y: metrics.Ascent}}
	drawer.DrawString(text)
	return mask
}

// fit sets a title on one or two lines, as large as the room allows.
func fit(title string, width int, largest, smallest float64) ([]*image.Alpha, error) {
	for size := largest; ; size *= 0.92 {
		f, err := face("bold", size)
		if err != nil {
			return nil, err
		}
		lines := []string{title}
		// A long name reads better on two large lines than on one small line.
		if font.MeasureString(f, title).Ceil() > width {
			lines = halves(title)
		}
		var masks []*image.Alpha
		widest := 0
		for _, line := range lines {
			mask := stencil(f, line)
			widest = max(widest, mask.Rect.Dx())
			masks = append(masks, mask)
		}
		if widest <= width || size < smallest {
			return masks, nil
		}
	}
}

// halves breaks a title at the space nearest to its middle.
func halves(title string) []string {
	letters := []rune(title)
	best := -1
	for i, letter := range letters {
		if letter == ' ' && (best < 0 || distance(i, len(letters)/2) < distance(best, len(letters)/2)) {
			best = i
		}
	}
	if best < 0 {
		return []string{title}
	}
	return []string{string(letters[:best]), string(letters[best+1:])}
}

func distance(a, b int) int { return max(a-b, b-a) }
