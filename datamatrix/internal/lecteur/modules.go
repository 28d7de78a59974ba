package lecteur

import "math"

// mesurer samples every module through the quad: positive where light, in the
// polarity of the symbol.
func (d *decodeur) mesurer(n *binaire, h *hypothese, pol float64, large bool) {
	t := h.t
	m := h.forme.projection()
	if cap(d.valeurs) < t.lignes*t.colonnes {
		d.valeurs = make([]float64, t.lignes*t.colonnes)
		d.noirs = make([]bool, t.lignes*t.colonnes)
	}
	d.valeurs, d.noirs = d.valeurs[:t.lignes*t.colonnes], d.noirs[:t.lignes*t.colonnes]
	du, dv := 1/float64(t.colonnes), 1/float64(t.lignes)
	k := 0
	for l := range t.lignes {
		v := (float64(l) + 0.5) * dv
		for c := range t.colonnes {
			u := (float64(c) + 0.5) * du
			e := n.ecart(m.point(u, v))
			if large {
				const r = 0.2
				e += n.ecart(m.point(u-r*du, v-r*dv)) + n.ecart(m.point(u+r*du, v-r*dv)) +
					n.ecart(m.point(u-r*du, v+r*dv)) + n.ecart(m.point(u+r*du, v+r*dv))
			}
			d.valeurs[k] = e * pol
			k++
		}
	}
}

// Ways of telling dark modules from light ones, in the order they are tried.
const (
	coupeSeuil  = iota // the local threshold of the picture
	coupeRepere        // half way between the dark and the light of the finder
	coupeNette         // the same after undoing some blur between modules
	coupeVoisin        // the middle of the extremes of the neighbouring modules
	coupeFloue         // undoing much blur
	coupes
)

func (d *decodeur) couper(t *taille, mode int) {
	switch mode {
	case coupeSeuil:
		for i, v := range d.valeurs {
			d.noirs[i] = v < 0
		}
	case coupeRepere:
		d.couperRepere(t)
	case coupeNette:
		d.defaireFlou(t, 0.2)
	case coupeVoisin:
		d.couperVoisins(t)
	case coupeFloue:
		d.defaireFlou(t, 0.36)
	}
}

// couperRepere follows print that is heavier or lighter than it should be.
func (d *decodeur) couperRepere(t *taille) {
	var somme, nombre [2]float64
	for c := range t.colonnes {
		k := (1 + t.motif(0, c)) / 2
		somme[k] += d.valeurs[c]
		nombre[k]++
	}
	for l := 1; l < t.lignes; l++ {
		k := (1 + t.motif(l, t.colonnes-1)) / 2
		somme[k] += d.valeurs[(l+1)*t.colonnes-1]
		nombre[k]++
	}
	m := (somme[0]/nombre[0] + somme[1]/nombre[1]) / 2
	for i, v := range d.valeurs {
		d.noirs[i] = v < m
	}
}

func (d *decodeur) couperVoisins(t *taille) {
	const r = 3
	L, C := t.lignes, t.colonnes
	for l := range L {
		for c := range C {
			lo, hi := math.Inf(1), math.Inf(-1)
			for y := max(0, l-r); y <= min(L-1, l+r); y++ {
				for _, v := range d.valeurs[y*C+max(0, c-r) : y*C+min(C-1, c+r)+1] {
					lo, hi = min(lo, v), max(hi, v)
				}
			}
			d.noirs[l*C+c] = d.valeurs[l*C+c] < (lo+hi)/2
		}
	}
}

// defaireFlou supposes that each module received k times each of its
// neighbours, along lines and along columns, and solves for what was printed.
func (d *decodeur) defaireFlou(t *taille, k float64) {
	L, C := t.lignes, t.colonnes
	d.nets = append(d.nets[:0], d.valeurs...)
	marge := 0.0 // what surrounds the symbol is light
	for _, v := range d.nets {
		marge += math.Abs(v) / float64(len(d.nets))
	}
	marge *= (1 + 2*k) * k
	for l := range L {
		deconvoluer(d.nets[l*C:], 1, C, k, marge)
	}
	for c := range C {
		deconvoluer(d.nets[c:], C, L, k, marge)
	}
	for i, v := range d.nets {
		d.noirs[i] = v < 0
	}
}

// deconvoluer solves k*x[i-1] + x[i] + k*x[i+1] = v[i] in place, for n values
// pas apart; bord is what the outside adds to the first and the last.
func deconvoluer(v []float64, pas, n int, k, bord float64) {
	var c [144]float64
	v[0] -= bord
	v[(n-1)*pas] -= bord
	c[0] = k
	for i := 1; i < n; i++ {
		m := 1 / (1 - k*c[i-1])
		c[i] = k * m
		v[i*pas] = (v[i*pas] - k*v[(i-1)*pas]) * m
	}
	for i := n - 2; i >= 0; i-- {
		v[i*pas] -= c[i] * v[(i+1)*pas]
	}
}

// lire decodes the symbol under a hypothesis, in the first essais ways of
// telling the modules. It reports whether it was mirrored.
func (d *decodeur) lire(n *binaire, h *hypothese, inverse, miroirs bool, essais int) (lu lecture, miroir, ok bool) {
	if h.miroir && !miroirs {
		return lu, false, false
	}
	net := h.justes >= 0.93
	// Wide samples first where modules are large, then their centres only; the
	// single quick try looks at the centres.
	large := essais == coupes && moduleDe(&h.q, h.t) >= 3.2
	for {
		d.mesurer(n, h, polarite(inverse), large)
		for mode := range essais {
			d.couper(h.t, mode)
			if lu, ok = d.decoder(h.t, d.noirs, net); ok {
				return lu, h.miroir, true
			}
			if h.t.lignes == h.t.colonnes && miroirs {
				retourner(d.noirs, h.t.lignes)
				if lu, ok = d.decoder(h.t, d.noirs, net); ok {
					return lu, true, true
				}
			}
		}
		if !large {
			return lu, false, false
		}
		large = false
	}
}
