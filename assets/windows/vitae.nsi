; The installer for Windows, for one user and without an administrator's rights:
;   makensis -DVERSION=0.1.0 -DEXE=… -DLICENCES=… -DOUT=… assets\windows\vitae.nsi
; with whole paths: the program, the licences of its parts as scripts/licences.py writes them, and the installer to make.
Unicode true
!include MUI2.nsh

!define PROGID Vitae.Profile.1
!define CLASSES Software\Classes
!define UNINSTALL Software\Microsoft\Windows\CurrentVersion\Uninstall\org.vitae.Vitae
!define CHANGED 0x08000000 ; SHCNE_ASSOCCHANGED

Name Vitae
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir $LOCALAPPDATA\Programs\Vitae
InstallDirRegKey HKCU ${UNINSTALL} InstallLocation
SetCompressor /SOLID lzma
VIProductVersion ${VERSION}.0
VIAddVersionKey ProductName Vitae
VIAddVersionKey FileDescription "Installs Vitae, an editor for CVs"
VIAddVersionKey FileVersion ${VERSION}
VIAddVersionKey LegalCopyright "The Vitae authors"

!define MUI_ICON ..\app\app.ico
!define MUI_UNICON ..\app\app.ico
!define MUI_FINISHPAGE_RUN $INSTDIR\vitae.exe
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

Section Vitae
    SetOutPath $INSTDIR
    File /oname=vitae.exe "${EXE}"
    File ..\..\LICENSE-MIT
    File ..\..\LICENSE-APACHE
    File /oname=third-party.txt "${LICENCES}"
    CreateShortcut $SMPROGRAMS\Vitae.lnk $INSTDIR\vitae.exe

    ; What a profile is, and with what it is opened. The document's icon is the second one of the program.
    WriteRegStr HKCU ${CLASSES}\${PROGID} "" "CV profile"
    WriteRegStr HKCU ${CLASSES}\${PROGID}\DefaultIcon "" "$INSTDIR\vitae.exe,1"
    WriteRegStr HKCU ${CLASSES}\${PROGID}\shell\open\command "" '"$INSTDIR\vitae.exe" "%1"'
    ; Windows sees no more of `me.cv.ron` than `.ron`, which belongs to other programs, too: Vitae is one of those that
    ; are offered, never the one that opens them all.
    WriteRegNone HKCU ${CLASSES}\.ron\OpenWithProgids ${PROGID}
    WriteRegStr HKCU ${CLASSES}\Applications\vitae.exe FriendlyAppName Vitae
    WriteRegStr HKCU ${CLASSES}\Applications\vitae.exe\SupportedTypes .ron ""
    WriteRegStr HKCU ${CLASSES}\Applications\vitae.exe\shell\open\command "" '"$INSTDIR\vitae.exe" "%1"'

    WriteUninstaller $INSTDIR\uninstall.exe
    WriteRegStr HKCU ${UNINSTALL} DisplayName Vitae
    WriteRegStr HKCU ${UNINSTALL} DisplayVersion ${VERSION}
    WriteRegStr HKCU ${UNINSTALL} DisplayIcon $INSTDIR\vitae.exe
    WriteRegStr HKCU ${UNINSTALL} Publisher "The Vitae authors"
    WriteRegStr HKCU ${UNINSTALL} InstallLocation $INSTDIR
    WriteRegStr HKCU ${UNINSTALL} UninstallString '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU ${UNINSTALL} QuietUninstallString '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU ${UNINSTALL} NoModify 1
    WriteRegDWORD HKCU ${UNINSTALL} NoRepair 1
    System::Call "shell32::SHChangeNotify(i ${CHANGED}, i 0, p 0, p 0)"
SectionEnd

; Takes away what was installed, and nothing else: profiles, settings and earlier versions are the user's.
Section Uninstall
    Delete $INSTDIR\vitae.exe
    Delete $INSTDIR\LICENSE-MIT
    Delete $INSTDIR\LICENSE-APACHE
    Delete $INSTDIR\third-party.txt
    Delete $INSTDIR\uninstall.exe
    RMDir $INSTDIR
    Delete $SMPROGRAMS\Vitae.lnk
    DeleteRegValue HKCU ${CLASSES}\.ron\OpenWithProgids ${PROGID}
    DeleteRegKey /ifempty HKCU ${CLASSES}\.ron\OpenWithProgids
    DeleteRegKey /ifempty HKCU ${CLASSES}\.ron
    DeleteRegKey HKCU ${CLASSES}\${PROGID}
    DeleteRegKey HKCU ${CLASSES}\Applications\vitae.exe
    DeleteRegKey HKCU ${UNINSTALL}
    System::Call "shell32::SHChangeNotify(i ${CHANGED}, i 0, p 0, p 0)"
SectionEnd
