//! What: triggers, the frames they open in the tree, and the events these code to.
