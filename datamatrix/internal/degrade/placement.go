package degrade

// matrice is the mapping matrix: the data modules without finder patterns.
type matrice struct {
	l, c int
	cw   []byte
	k    int             // next codeword
	bits map[[2]int]bool // present once placed
}

// placer lays the codewords out as annex F of ISO/IEC 16022 describes.
func placer(cw []byte, l, c int) *matrice {
	m := &matrice{l: l, c: c, cw: cw, bits: make(map[[2]int]bool, l*c)}
	for y, x := 4, 0; y < l || x < c; {
		if x == 0 && y == l {
			m.huit([8][2]int{{l - 1, 0}, {l - 1, 1}, {l - 1, 2}, {0, c - 2}, {0, c - 1}, {1, c - 1}, {2, c - 1}, {3, c - 1}})
		}
		if x == 0 && y == l-2 && c%4 != 0 {
			m.huit([8][2]int{{l - 3, 0}, {l - 2, 0}, {l - 1, 0}, {0, c - 4}, {0, c - 3}, {0, c - 2}, {0, c - 1}, {1, c - 1}})
		}
		if x == 0 && y == l-2 && c%8 == 4 {
			m.huit([8][2]int{{l - 3, 0}, {l - 2, 0}, {l - 1, 0}, {0, c - 2}, {0, c - 1}, {1, c - 1}, {2, c - 1}, {3, c - 1}})
		}
		if x == 2 && y == l+4 && c%8 == 0 {
			m.huit([8][2]int{{l - 1, 0}, {l - 1, c - 1}, {0, c - 3}, {0, c - 2}, {0, c - 1}, {1, c - 3}, {1, c - 2}, {1, c - 1}})
		}
		for ; y >= 0 && x < c; y, x = y-2, x+2 {
			m.utah(y, x)
		}
		y, x = y+1, x+3
		for ; y < l && x >= 0; y, x = y+2, x-2 {
			m.utah(y, x)
		}
		y, x = y+3, x+1
	}
	// Two corner modules stay unused in some sizes: a fixed pattern.
	if _, pris := m.bits[[2]int{l - 1, c - 1}]; !pris {
		m.bits[[2]int{l - 1, c - 1}] = true
		m.bits[[2]int{l - 2, c - 2}] = true
	}
	return m
}

func (m *matrice) utah(y, x int) {
	if y < 0 || y >= m.l || x < 0 || x >= m.c {
		return
	}
	if _, pris := m.bits[[2]int{y, x}]; pris {
		return
	}
	m.huit([8][2]int{{y - 2, x - 2}, {y - 2, x - 1}, {y - 1, x - 2}, {y - 1, x - 1}, {y - 1, x}, {y, x - 2}, {y, x - 1}, {y, x}})
}

func (m *matrice) huit(p [8][2]int) {
	for i, q := range p {
		y, x := q[0], q[1]
		if y < 0 {
			y, x = y+m.l, x+4-(m.l+4)%8
		}
		if x < 0 {
			x, y = x+m.c, y+4-(m.c+4)%8
		}
		if y >= m.l {
			y -= m.l
		}
		m.bits[[2]int{y, x}] = m.cw[m.k]>>(7-i)&1 == 1
	}
	m.k++
}
