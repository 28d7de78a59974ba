package sqljournal

import (
	"context"
	"errors"

	"github.com/simphonie/simphonie"
)

const service = "sqljournal"

func erreur(c simphonie.Code, detail string) error {
	return &simphonie.Erreur{Code: c, Service: service, Detail: detail}
}

// enveloppe types an error of the database: nothing was kept.
func enveloppe(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if fin := ctx.Err(); fin != nil && !errors.Is(err, fin) {
		err = errors.Join(fin, err)
	}
	c := simphonie.Code("JRN-SQL-ACCES")
	if conflit(err) {
		c = "JRN-SQL-CONFLIT"
	}
	return &simphonie.Erreur{Code: c, Service: service, Reessayable: true, Err: err}
}

// conflit says that another transaction was in the way: the same change may be
// tried again.
func conflit(err error) bool {
	if e, ok := errors.AsType[interface {
		error
		SQLState() string
	}](err); ok { // pgx, lib/pq
		return e.SQLState() == "40001" || e.SQLState() == "40P01" || e.SQLState() == "55P03"
	}
	if e, ok := errors.AsType[interface {
		error
		Code() int
	}](err); ok { // modernc.org/sqlite: SQLITE_BUSY, SQLITE_LOCKED
		return e.Code()&0xff == 5 || e.Code()&0xff == 6
	}
	return false
}
