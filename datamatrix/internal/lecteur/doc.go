// Package lecteur finds and decodes the Data Matrix symbols of a picture, in
// pure Go: ECC 200 in its 30 sizes (ISO/IEC 16022) and the 18 rectangles of
// DMRE (ISO/IEC 21471).
//
// # How a symbol is found
//
// The picture is looked at in full, then at a half, a quarter and so on. Each
// view is cut into dark and light by a threshold local to its blocks of 8
// pixels (seuil.go). The borders between the two are walked once (contour.go)
// and reduced to polygons; two straight sides that meet about square are the L
// of a symbol, dark if the border turns right there, light if it turns left,
// so that inverted symbols cost nothing more (equerre.go). An L is pursued when
// what it encloses changes colour often enough (texture.go).
//
// The corner opposite to the L is where the far borders meet: the lines from
// each end of the L beyond which there is only margin. Every size is then tried
// on the four corners, and the finder pattern judges: the modules of the two
// far borders must alternate (ajuste.go). The likeliest shapes are refined by
// moving their corners, then by bending their sides for paper that is not flat,
// while the pattern agrees better.
//
// Where nothing was read that way, three more searches follow: an L made of
// pieces that do not touch, for one that is torn or struck through (brise.go),
// looked for next to good symbols too; the picture enlarged, for modules under
// two pixels; and a picture where the dark, then the light, was spread by a
// pixel, for dots that do not touch.
//
// # Why what is read is right
//
// A symbol is given out only if its finder pattern agrees (accordMin,
// justesMin), if Reed-Solomon repaired no more than chance could not have
// brought about (corrigeables, maxDoute), if its codewords form a message, and,
// when many were repaired, if the padding is that of the standard. Candidates
// are independent: a fault met in one never costs another.
package lecteur
