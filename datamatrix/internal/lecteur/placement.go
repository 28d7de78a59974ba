package lecteur

// placer computes where the bits of the codewords lie in a symbol: entry
// 8*k+b is ligne*colonnes+colonne of bit b (0 = most significant) of codeword
// k, in modules of the whole symbol. It walks the mapping matrix as ISO/IEC
// 16022 annex F does.
func placer(t *taille) []int32 {
	p := &placeur{
		nl:  t.lignes / (t.regL + 2) * t.regL,
		nc:  t.colonnes / (t.regC + 2) * t.regC,
		t:   t,
		out: make([]int32, 0, 8*t.total()),
	}
	p.pris = make([]bool, p.nl*p.nc)
	l, c := 4, 0
	for {
		switch {
		case l == p.nl && c == 0:
			p.coin([8][2]int{{p.nl - 1, 0}, {p.nl - 1, 1}, {p.nl - 1, 2}, {0, p.nc - 2}, {0, p.nc - 1}, {1, p.nc - 1}, {2, p.nc - 1}, {3, p.nc - 1}})
		case l == p.nl-2 && c == 0 && p.nc%4 != 0:
			p.coin([8][2]int{{p.nl - 3, 0}, {p.nl - 2, 0}, {p.nl - 1, 0}, {0, p.nc - 4}, {0, p.nc - 3}, {0, p.nc - 2}, {0, p.nc - 1}, {1, p.nc - 1}})
		case l == p.nl-2 && c == 0 && p.nc%8 == 4:
			p.coin([8][2]int{{p.nl - 3, 0}, {p.nl - 2, 0}, {p.nl - 1, 0}, {0, p.nc - 2}, {0, p.nc - 1}, {1, p.nc - 1}, {2, p.nc - 1}, {3, p.nc - 1}})
		case l == p.nl+4 && c == 2 && p.nc%8 == 0:
			p.coin([8][2]int{{p.nl - 1, 0}, {p.nl - 1, p.nc - 1}, {0, p.nc - 3}, {0, p.nc - 2}, {0, p.nc - 1}, {1, p.nc - 3}, {1, p.nc - 2}, {1, p.nc - 1}})
		}
		for {
			if l < p.nl && c >= 0 && !p.pris[l*p.nc+c] {
				p.utah(l, c)
			}
			l, c = l-2, c+2
			if l < 0 || c >= p.nc {
				break
			}
		}
		l, c = l+1, c+3
		for {
			if l >= 0 && c < p.nc && !p.pris[l*p.nc+c] {
				p.utah(l, c)
			}
			l, c = l+2, c-2
			if l >= p.nl || c < 0 {
				break
			}
		}
		l, c = l+3, c+1
		if l >= p.nl && c >= p.nc {
			return p.out
		}
	}
}

type placeur struct {
	nl, nc int // mapping matrix: data regions put side by side
	t      *taille
	pris   []bool
	out    []int32
}

func (p *placeur) coin(bits [8][2]int) {
	for _, b := range bits {
		p.module(b[0], b[1])
	}
}

func (p *placeur) utah(l, c int) {
	p.module(l-2, c-2)
	p.module(l-2, c-1)
	p.module(l-1, c-2)
	p.module(l-1, c-1)
	p.module(l-1, c)
	p.module(l, c-2)
	p.module(l, c-1)
	p.module(l, c)
}

func (p *placeur) module(l, c int) {
	if l < 0 {
		l += p.nl
		c += 4 - (p.nl+4)%8
	}
	if c < 0 {
		c += p.nc
		l += 4 - (p.nc+4)%8
	}
	if l >= p.nl { // the narrow DMRE sizes wrap a second time
		l -= p.nl
	}
	p.pris[l*p.nc+c] = true
	l += 2*(l/p.t.regL) + 1
	c += 2*(c/p.t.regC) + 1
	p.out = append(p.out, int32(l*p.t.colonnes+c))
}
