//! x
use limits::probes::*;
fn main() {
  if std::env::args().nth(1).as_deref()==Some(NOTHING){return;}
  let t=std::time::Instant::now();
  let m = shared::machine::Machine::measured(None).unwrap();
  println!("{:?} {:?}", m, t.elapsed());
  let s=limits::cores::sources(&m, std::path::Path::new("/"));
  for l in &s {println!("{:<24}{:<12}{}",l.name,l.says,l.counts);}
  for l in limits::cores::disagreements(&m,&s,None) {println!("{l}");}
  println!("{:?}", additions());
  println!("{:?}", t.elapsed());
  println!("{:#?}", mountain(&m).unwrap().slopes.iter().map(|s|format!("{s:?}")).collect::<Vec<_>>());
  println!("{:?}", t.elapsed());
  println!("{:?}", pairs());
  println!("{:?}", t.elapsed());
  println!("{:#?}", prices());
  println!("{:?}", t.elapsed());
  for r in roofline(&m.ceilings).unwrap() {println!("{r:?} {} {}",r.roof(),r.limit());}
  println!("{:?}", t.elapsed());
}
