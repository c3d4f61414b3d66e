//! Where does a program spend its time?
