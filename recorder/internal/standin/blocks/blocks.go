// Package blocks paints and reads the machine-readable clock of a stand-in's
// picture: the UTC millisecond at which a frame was drawn, as large black and
// white squares that survive lossy coding and scaling, so that a test can say
// of any decoded frame when it was made.
//
// Layout. The picture is W wide and H high; only proportions matter, so a
// scaled copy decodes too. There are 64 cells in two rows of 32:
//
//	cell i (0..63): row r = i / 32, column c = i % 32
//	left   = W * (4 + c)     / 40      right  = W * (5 + c)     / 40
//	top    = H * (39 + 2*r)  / 45      bottom = H * (41 + 2*r)  / 45
//
// (integer division; at 640x360 each cell is 16x16 px, x from 64 to 576, y from
// 312 to 344). White is 1, black is 0. The cells spell a 64-bit word, most
// significant bit first:
//
//	bits 63..60  guard 1010
//	bits 59..16  milliseconds since 1970-01-01T00:00:00Z (44 bits)
//	bits 15..4   check: milliseconds mod 4093 (12 bits)
//	bits  3..0   guard 0101
//
// A cell is read as the mean brightness of its inner half (a quarter of the
// cell is left out on each side); the threshold is half way between the mean of
// the four white and the mean of the four black guard cells. A reading counts
// only when the guards are right, white and black guards differ by at least 60
// of 255, and the check agrees.
//
// The same in Python, for a grey frame as bytes (ffmpeg -pix_fmt gray -f rawvideo):
//
//	def read_blocks(grey, w, h):
//	    cells = []
//	    for i in range(64):
//	        r, c = divmod(i, 32)
//	        x0, x1 = w * (4 + c) // 40, w * (5 + c) // 40
//	        y0, y1 = h * (39 + 2 * r) // 45, h * (41 + 2 * r) // 45
//	        dx, dy = (x1 - x0) // 4, (y1 - y0) // 4
//	        values = [grey[y * w + x] for y in range(y0 + dy, y1 - dy) for x in range(x0 + dx, x1 - dx)]
//	        cells.append(sum(values) / len(values))
//	    white = (cells[0] + cells[2] + cells[61] + cells[63]) / 4
//	    black = (cells[1] + cells[3] + cells[60] + cells[62]) / 4
//	    if white - black < 60:
//	        return None
//	    word = 0
//	    for cell in cells:
//	        word = word << 1 | (cell > (white + black) / 2)
//	    ms, check = word >> 16 & (1 << 44) - 1, word >> 4 & 0xFFF
//	    good = word >> 60 == 0b1010 and word & 15 == 0b0101 and check == ms % 4093
//	    return ms if good else None
package blocks

import "image"

const (
	columns  = 32
	cells    = 2 * columns
	head     = 0b1010
	tail     = 0b0101
	prime    = 4093 // the largest prime below 2^12: no single wrong bit passes
	contrast = 60
)

// Cell gives the place of cell i in a picture of w x h pixels.
func Cell(i, w, h int) image.Rectangle {
	r, c := i/columns, i%columns
	return image.Rect(w*(4+c)/40, h*(39+2*r)/45, w*(5+c)/40, h*(41+2*r)/45)
}

// Word packs a time in unix milliseconds with its guards and check.
func Word(ms int64) uint64 {
	ms &= 1<<44 - 1
	return head<<60 | uint64(ms)<<16 | uint64(ms%prime)<<4 | tail
}

// Paint writes the clock into a plane of brightness values.
func Paint(pix []byte, w, h int, ms int64, black, white byte) {
	word := Word(ms)
	for i := range cells {
		value := black
		if word>>(cells-1-i)&1 == 1 {
			value = white
		}
		cell := Cell(i, w, h)
		for y := cell.Min.Y; y < cell.Max.Y; y++ {
			line := pix[y*w+cell.Min.X : y*w+cell.Max.X]
			for x := range line {
				line[x] = value
			}
		}
	}
}

// Read decodes the clock of a picture; ok is false when there is none.
func Read(img *image.Gray) (ms int64, ok bool) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	var value [cells]float64
	for i := range cells {
		value[i] = inner(img, Cell(i, w, h))
	}
	white := (value[0] + value[2] + value[61] + value[63]) / 4
	black := (value[1] + value[3] + value[60] + value[62]) / 4
	if white-black < contrast {
		return 0, false
	}
	var word uint64
	for _, v := range value {
		word <<= 1
		if v > (white+black)/2 {
			word |= 1
		}
	}
	ms = int64(word >> 16 & (1<<44 - 1))
	return ms, word == Word(ms)
}

// inner is the mean brightness of a cell without its outer quarter, where
// neighbours and the codec bleed in.
func inner(img *image.Gray, cell image.Rectangle) float64 {
	dx, dy := cell.Dx()/4, cell.Dy()/4
	sum, n := 0, 0
	for y := cell.Min.Y + dy; y < cell.Max.Y-dy; y++ {
		for x := cell.Min.X + dx; x < cell.Max.X-dx; x++ {
			sum += int(img.Pix[y*img.Stride+x])
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(sum) / float64(n)
}
