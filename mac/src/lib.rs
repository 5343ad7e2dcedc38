//! What macOS asks a running Vitae for: files to open, after a double click or "Open with", and to
//! quit, from the dock or at a logout.
//!
//! winit keeps the program's delegate to itself and passes neither on. Both are Apple events, and
//! Apple lets a program take those over as soon as it is about to finish launching, which a
//! notification says. This is a crate of its own because the program forbids unsafe code, and no safe
//! wrapper knows these calls. Nothing here can be tried without a Mac.

#![cfg(target_os = "macos")]

use objc2::{
    ClassType, DefinedClass, MainThreadMarker, MainThreadOnly, define_class, msg_send,
    rc::Retained, runtime::AnyObject, sel,
};
use objc2_foundation::{
    NSAppleEventDescriptor, NSAppleEventManager, NSInteger, NSNotification, NSNotificationCenter,
    NSObject, NSObjectProtocol, ns_string,
};
use std::path::PathBuf;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To open a file.
    Open(PathBuf),
    /// To end, after questions.
    Quit,
}

/// A code of four letters, as Apple events are named.
const fn code(letters: [u8; 4]) -> u32 {
    u32::from_be_bytes(letters)
}

/// `kCoreEventClass`.
const CORE: u32 = code(*b"aevt");
/// `kAEOpenDocuments`.
const OPEN: u32 = code(*b"odoc");
/// `kAEQuitApplication`.
const QUIT: u32 = code(*b"quit");
/// `keyDirectObject`.
const OBJECT: u32 = code(*b"----");

struct Told {
    tell: Box<dyn Fn(Wish)>,
}

define_class!(
    // SAFETY: `NSObject` asks nothing of those that come after it, and there is no `Drop`.
    #[unsafe(super(NSObject))]
    #[thread_kind = MainThreadOnly]
    #[name = "VitaeWishes"]
    #[ivars = Told]
    struct Wishes;

    // SAFETY: `NSObjectProtocol` asks nothing.
    unsafe impl NSObjectProtocol for Wishes {}

    impl Wishes {
        // SAFETY: a notification calls its selector with itself alone.
        #[unsafe(method(launching:))]
        fn launching(&self, _notification: &NSNotification) {
            let manager = NSAppleEventManager::sharedAppleEventManager();
            // SAFETY: the receiver lives as long as the program (see `listen`), it has a method of
            // that name for two descriptors, and both codes are `FourCharCode`, which is `u32`.
            let () = unsafe {
                msg_send![
                    &manager,
                    setEventHandler: self,
                    andSelector: sel!(open:reply:),
                    forEventClass: CORE,
                    andEventID: OPEN
                ]
            };
            // SAFETY: as above.
            let () = unsafe {
                msg_send![
                    &manager,
                    setEventHandler: self,
                    andSelector: sel!(quit:reply:),
                    forEventClass: CORE,
                    andEventID: QUIT
                ]
            };
        }

        // SAFETY: a handler of Apple events is called with the event and the reply.
        #[unsafe(method(open:reply:))]
        fn open(&self, event: &NSAppleEventDescriptor, _reply: &NSAppleEventDescriptor) {
            // SAFETY: the keyword is an `AEKeyword`, which is `u32`; the answer is a descriptor or
            // nothing.
            let files: Option<Retained<NSAppleEventDescriptor>> =
                unsafe { msg_send![event, paramDescriptorForKeyword: OBJECT] };
            let Some(files) = files else {
                return;
            };
            // One file may come alone instead of in a list. Lists count from 1.
            let count: NSInteger = files.numberOfItems();
            let items = (1..=count).filter_map(|i| files.descriptorAtIndex(i));
            let alone = (count == 0).then_some(files.clone());
            for file in items.chain(alone) {
                if let Some(path) = file.fileURLValue().and_then(|url| url.path()) {
                    (self.ivars().tell)(Wish::Open(PathBuf::from(path.to_string())));
                }
            }
        }

        // SAFETY: as for the other handler.
        #[unsafe(method(quit:reply:))]
        fn quit(&self, _event: &NSAppleEventDescriptor, _reply: &NSAppleEventDescriptor) {
            (self.ivars().tell)(Wish::Quit);
        }
    }
);

/// Tells what macOS asks for, from now on and as long as the program runs. To be called once, on
/// the main thread, before the event loop begins; elsewhere it does nothing.
pub fn listen(tell: impl Fn(Wish) + 'static) {
    let Some(main) = MainThreadMarker::new() else {
        return;
    };
    let wishes = Wishes::alloc(main).set_ivars(Told { tell: Box::new(tell) });
    // SAFETY: `init` of `NSObject` takes nothing and gives the object.
    let wishes: Retained<Wishes> = unsafe { msg_send![super(wishes), init] };
    let centre = NSNotificationCenter::defaultCenter();
    let name = ns_string!("NSApplicationWillFinishLaunchingNotification");
    let observer: &AnyObject = wishes.as_super().as_super();
    // SAFETY: the observer has a method of that name for a notification; no object is named.
    unsafe {
        centre.addObserver_selector_name_object(observer, sel!(launching:), Some(name), None);
    }
    // The centre and the manager hold it without counting, and the program needs it to its end.
    std::mem::forget(wishes);
}
