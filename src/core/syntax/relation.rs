//! The dependency relations of Universal Dependencies v2 English, subtypes included.

macro_rules! relations {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// A labelled dependency, UD v2.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[allow(missing_docs)]
        pub enum Deprel { $($variant),+ }

        impl Deprel {
            /// All relations, in the order of their numbers.
            pub const ALL: &'static [Deprel] = &[$(Deprel::$variant),+];

            /// The name as UD writes it, e.g. `nsubj:pass`.
            pub fn name(self) -> &'static str {
                match self { $(Deprel::$variant => $name),+ }
            }

            /// The relation of that UD name; an unknown subtype falls back to its universal relation, anything else to `None`.
            pub fn parse(name: &str) -> Option<Deprel> {
                match name {
                    $($name => Some(Deprel::$variant),)+
                    _ => name.split_once(':').and_then(|(universal, _)| Deprel::parse(universal)),
                }
            }
        }
    };
}

relations! {
    Root = "root", Punct = "punct", Case = "case", Det = "det", DetPredet = "det:predet",
    Nsubj = "nsubj", NsubjPass = "nsubj:pass", NsubjOuter = "nsubj:outer",
    Csubj = "csubj", CsubjPass = "csubj:pass", CsubjOuter = "csubj:outer",
    Obj = "obj", Iobj = "iobj", Obl = "obl", OblAgent = "obl:agent", OblUnmarked = "obl:unmarked",
    Nmod = "nmod", NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", NmodDesc = "nmod:desc",
    Amod = "amod", Advmod = "advmod", Nummod = "nummod", Compound = "compound", CompoundPrt = "compound:prt",
    Conj = "conj", Cc = "cc", CcPreconj = "cc:preconj", Mark = "mark", Aux = "aux", AuxPass = "aux:pass", Cop = "cop",
    Advcl = "advcl", AdvclRelcl = "advcl:relcl", Xcomp = "xcomp", Ccomp = "ccomp",
    Acl = "acl", AclRelcl = "acl:relcl", Appos = "appos", Flat = "flat", Fixed = "fixed", Parataxis = "parataxis",
    Discourse = "discourse", List = "list", Expl = "expl", Dep = "dep", Vocative = "vocative", Goeswith = "goeswith",
    Reparandum = "reparandum", Orphan = "orphan", Dislocated = "dislocated", Clf = "clf",
}
