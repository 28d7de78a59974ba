package journal

// OuvreFichierSur opens the file of a journal on another file layer.
var OuvreFichierSur = ouvreFichier
