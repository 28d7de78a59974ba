package sqljournal

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/simphonie/simphonie/journal"
)

var (
	// errJete takes a connection out of its pool.
	errJete    = driver.ErrBadConn
	errDevance = errors.New("others always came first")
)

const colonnes = "simphonie_essai.venue, simphonie_essai.amc, simphonie_essai.empreinte, simphonie_essai.essai, simphonie_essai.nature, " +
	"simphonie_essai.version, simphonie_essai.etat, simphonie_essai.verdict, simphonie_essai.debut, simphonie_essai.maj, simphonie_essai.limite"

const deLaCle = " WHERE simphonie_essai.venue = $1 AND simphonie_essai.amc = $2 AND simphonie_essai.empreinte = $3"

func cles(c journal.Cle) []any { return []any{c.Venue, c.AMC, c.Empreinte.String()} }

// micro is how an hour is kept: microseconds since 1970, 0 for none.
func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func heure(m int64) time.Time {
	if m == 0 {
		return time.Time{}
	}
	return time.UnixMicro(m).UTC()
}

// texte reads a value that has a text form; none is zero.
type texte struct{ dans encoding.TextUnmarshaler }

func (t texte) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		if v == "" {
			return nil
		}
		return t.dans.UnmarshalText([]byte(v))
	case []byte:
		return texte{t.dans}.Scan(string(v))
	}
	return errors.New("not a text")
}

// champs are what colonnes reads an attempt into.
func champs(e *journal.Essai, h *[3]int64) []any {
	return []any{&e.Cle.Venue, &e.Cle.AMC, texte{&e.Cle.Empreinte}, &e.Essai, &e.Nature, &e.Version, texte{&e.Etat}, texte{&e.Verdict}, &h[0], &h[1], &h[2]}
}

func poseHeures(e *journal.Essai, h [3]int64) {
	e.Debut, e.Maj, e.Limite = heure(h[0]), heure(h[1]), heure(h[2])
}

// verrouille reads the attempts of a key and how many steps each had.
func (m *Magasin) verrouille(ctx context.Context, q executeur, c journal.Cle) (es []journal.Essai, rangs []int, err error) {
	requete := "SELECT " + colonnes + ", etapes FROM simphonie_essai" + deLaCle + " ORDER BY essai"
	if m.config.Dialecte == PostgreSQL {
		requete += " FOR UPDATE"
	}
	err = parcourt(ctx, q, requete, cles(c), func(r *sql.Rows) error {
		var (
			e    journal.Essai
			h    [3]int64
			rang int
		)
		err := r.Scan(append(champs(&e, &h), &rang)...)
		poseHeures(&e, h)
		es, rangs = append(es, e), append(rangs, rang)
		return err
	})
	return es, rangs, err
}

func parcourt(ctx context.Context, q executeur, requete string, args []any, f func(*sql.Rows) error) error {
	r, err := q.QueryContext(ctx, requete, args...)
	if err != nil {
		return err
	}
	defer r.Close()
	for r.Next() {
		if err := f(r); err != nil {
			return err
		}
	}
	return r.Err()
}

// ecrit keeps steps and the states that follow. devance says that somebody else
// made the same attempt meanwhile: nothing was written.
func ecrit(ctx context.Context, q executeur, c journal.Cle, essais []journal.Essai, rangs []int, etapes []journal.Etape) (devance bool, err error) {
	for _, s := range etapes {
		i := s.Essai - 1
		neuf := i == len(essais)
		if neuf {
			essais, rangs = append(essais, journal.Essai{Ref: journal.Ref{Cle: c}}), append(rangs, 0)
		}
		essais[i] = essais[i].Avec(s)
		e := essais[i]
		rangs[i]++
		args := append(cles(c), e.Essai, e.Nature, e.Version, e.Etat.String(), e.Verdict.String(), micro(e.Debut), micro(e.Maj), micro(e.Limite), rangs[i])
		requete := `UPDATE simphonie_essai SET nature = $5, version = $6, etat = $7, verdict = $8, debut = $9, maj = $10, limite = $11, etapes = $12
WHERE venue = $1 AND amc = $2 AND empreinte = $3 AND essai = $4`
		if neuf {
			requete = `INSERT INTO simphonie_essai (venue, amc, empreinte, essai, nature, version, etat, verdict, debut, maj, limite, etapes, bail)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0) ON CONFLICT DO NOTHING`
		}
		n, err := lignes(q.ExecContext(ctx, requete, args...))
		if err != nil || n == 0 && !neuf {
			return false, cmp.Or(err, error(errDevance))
		}
		if n == 0 {
			return true, nil
		}
		_, err = q.ExecContext(ctx, `INSERT INTO simphonie_etape (venue, amc, empreinte, essai, rang, genre, le, nature, version, limite, issue, verdict, scellee)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
			append(cles(c), e.Essai, rangs[i], s.Genre.String(), micro(s.Le), s.Nature, s.Version, micro(s.Limite), s.Issue.String(), s.Verdict.String(), s.Scellee)...)
		if err != nil {
			return false, err
		}
	}
	return false, nil
}

func lignes(r sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// Lit gives every attempt of a key, with its steps.
func (m *Magasin) Lit(ctx context.Context, c journal.Cle) ([]journal.Essai, error) {
	var es []journal.Essai
	err := parcourt(ctx, m.lecteur(), "SELECT "+colonnes+`, s.genre, s.le, s.nature, s.version, s.limite, s.issue, s.verdict, s.scellee
FROM simphonie_essai LEFT JOIN simphonie_etape s ON s.venue = simphonie_essai.venue AND s.amc = simphonie_essai.amc
AND s.empreinte = simphonie_essai.empreinte AND s.essai = simphonie_essai.essai`+
		deLaCle+" ORDER BY simphonie_essai.essai, s.rang", cles(c), func(r *sql.Rows) error {
		var (
			e               journal.Essai
			s               journal.Etape
			h               [3]int64
			le, limite      sql.NullInt64
			nature, version sql.NullString
		)
		if err := r.Scan(append(champs(&e, &h), texte{&s.Genre}, &le, &nature, &version, &limite, texte{&s.Issue}, texte{&s.Verdict}, &s.Scellee)...); err != nil {
			return err
		}
		if len(es) == 0 || es[len(es)-1].Essai != e.Essai {
			poseHeures(&e, h)
			es = append(es, e)
		}
		if le.Valid {
			s.Essai, s.Le, s.Limite, s.Nature, s.Version = e.Essai, heure(le.Int64), heure(limite.Int64), nature.String, version.String
			d := &es[len(es)-1]
			d.Etapes = append(d.Etapes, s)
		}
		return nil
	})
	return es, enveloppe(ctx, err)
}

// Liste gives attempts without their steps, the oldest first.
func (m *Magasin) Liste(ctx context.Context, f journal.Filtre) ([]journal.Essai, error) {
	condition, args := "etat = $1", []any{f.Etat.String()}
	switch f.Etat {
	case journal.Inconnue:
		condition, args = "(etat = 'inconnue' OR etat = 'envoyee' AND limite <= $1)", []any{micro(f.A)}
	case journal.Envoyee:
		condition, args = "etat = 'envoyee' AND limite > $1", []any{micro(f.A)}
	}
	es, err := liste(ctx, m.lecteur(), "SELECT "+colonnes+" FROM simphonie_essai WHERE "+condition+
		" ORDER BY debut, venue, amc, empreinte, essai LIMIT "+strconv.Itoa(max(f.Max, 0)), args...)
	return es, enveloppe(ctx, err)
}

func liste(ctx context.Context, q executeur, requete string, args ...any) (es []journal.Essai, err error) {
	err = parcourt(ctx, q, requete, args, func(r *sql.Rows) error {
		var (
			e journal.Essai
			h [3]int64
		)
		err := r.Scan(champs(&e, &h)...)
		poseHeures(&e, h)
		es = append(es, e)
		return err
	})
	slices.SortStableFunc(es, func(a, b journal.Essai) int { return a.Debut.Compare(b.Debut) })
	return es, err
}
