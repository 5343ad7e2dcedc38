; The installer for Windows, for one user and without an administrator's rights:
;   makensis -DVERSION=0.1.0 -DEXE=… -DCONSOLE=… -DLICENCES=… -DOUT=… assets\windows\vitae.nsi
; with whole paths: the program, the same for the console, the licences of its parts as scripts/licences.py writes them, and
; the installer to make.
;
; Unattended: /S, and /NOPATH for no command line on PATH. Its exit status is 0 when all is installed, 1 when the user has
; cancelled, 2 when nothing was changed because Vitae is running or a file cannot be written.
Unicode true
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinMessages.nsh
!include WordFunc.nsh

!define PROGID Vitae.Profile.1
!define CLASSES Software\Classes
!define UNINSTALL Software\Microsoft\Windows\CurrentVersion\Uninstall\org.vitae.Vitae
!define CHANGED 0x08000000 ; SHCNE_ASSOCCHANGED
!define FAILED 2

Name Vitae
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir $LOCALAPPDATA\Programs\Vitae
InstallDirRegKey HKCU ${UNINSTALL} InstallLocation
SetCompressor /SOLID lzma
; The two programs are nearly the same: with a dictionary that holds the first one, the second one takes no room.
SetCompressorDictSize 128
VIProductVersion ${VERSION}.0
VIAddVersionKey ProductName Vitae
VIAddVersionKey FileDescription "Installs Vitae, an editor for CVs"
VIAddVersionKey FileVersion ${VERSION}
VIAddVersionKey LegalCopyright "The Vitae authors"

!define MUI_ICON ..\app\app.ico
!define MUI_UNICON ..\app\app.ico
!define MUI_FINISHPAGE_RUN $INSTDIR\vitae.exe
!define MUI_COMPONENTSPAGE_NODESC
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

; Ends with the status of a failure and a message, of which an unattended run shows nothing.
!macro Fail MESSAGE
    SetErrorLevel ${FAILED}
    MessageBox MB_OK|MB_ICONEXCLAMATION "${MESSAGE}" /SD IDOK
    SetErrorLevel ${FAILED}
    Quit
!macroend

; A program that runs cannot be written to: so much is asked before anything is changed.
!macro Running PROGRAM
    ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
        ${Do}
            ClearErrors
            FileOpen $0 "$INSTDIR\${PROGRAM}" a
            ${IfNot} ${Errors}
                FileClose $0
                ${Break}
            ${EndIf}
            SetErrorLevel ${FAILED}
            MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Vitae is running. Save your work and close all its windows, then go on." /SD IDCANCEL IDRETRY +2
            Quit
        ${Loop}
        SetErrorLevel 0
    ${EndIf}
!macroend

; Adds the program's folder to those in which a prompt looks for programs, of this user alone (+), or takes it out (-). A list
; that is longer than a string of this installer stays as it is, for it would be cut.
!define LONGEST 900 ; of ${NSIS_MAX_STRLEN}, with room for the folder
!macro Path WHAT
    ; Its length in bytes, of whatever kind of text it is (RRF_RT_REG_SZ, RRF_RT_REG_EXPAND_SZ, RRF_NOEXPAND).
    StrCpy $2 0
    System::Call 'advapi32::RegGetValueW(p 0x80000001, w "Environment", w "Path", i 0x10000006, p 0, p 0, *i 0 r2) i .r3'
    IntOp $2 $2 / 2
    ${If} $2 < ${LONGEST}
        ReadRegStr $0 HKCU Environment Path
        ${WordAdd} "$0" ";" "${WHAT}$INSTDIR" $1
        ${If} $1 == ""
            DeleteRegValue HKCU Environment Path
        ${ElseIf} $1 != $0
            WriteRegExpandStr HKCU Environment Path $1
        ${EndIf}
        SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=1000
    ${Else}
        DetailPrint "PATH is very long and stays as it is: $INSTDIR"
    ${EndIf}
!macroend

Section Vitae SecProgram
    SectionIn RO
    !insertmacro Running vitae.exe
    !insertmacro Running vitae.com
    ClearErrors
    SetOverwrite try
    SetOutPath $INSTDIR
    File /oname=vitae.exe "${EXE}"
    ; A prompt that is given `vitae` takes the `.com` before the `.exe`: the one waits and answers, the other is a window.
    File /oname=vitae.com "${CONSOLE}"
    File ..\..\LICENSE-MIT
    File ..\..\LICENSE-APACHE
    File /oname=third-party.txt "${LICENCES}"
    ${If} ${Errors}
        !insertmacro Fail "Vitae cannot be written to $INSTDIR. Choose another folder, or free some room on the disk."
    ${EndIf}
    CreateShortcut $SMPROGRAMS\Vitae.lnk $INSTDIR\vitae.exe

    ; What a profile is, and with what it is opened. The document's icon is the second one of the program.
    WriteRegStr HKCU ${CLASSES}\${PROGID} "" "CV profile"
    WriteRegStr HKCU ${CLASSES}\${PROGID}\DefaultIcon "" "$INSTDIR\vitae.exe,1"
    WriteRegStr HKCU ${CLASSES}\${PROGID}\shell\open\command "" '"$INSTDIR\vitae.exe" "%1"'
    ; `me.cvron` is Vitae's alone.
    WriteRegStr HKCU ${CLASSES}\.cvron "" ${PROGID}
    WriteRegStr HKCU ${CLASSES}\.cvron "Content Type" application/x-cv-profile+ron
    WriteRegStr HKCU ${CLASSES}\.cvron PerceivedType text
    WriteRegNone HKCU ${CLASSES}\.cvron\OpenWithProgids ${PROGID}
    ; Windows sees no more of `me.cv.ron` than `.ron`, which belongs to other programs, too: Vitae is one of those that
    ; are offered, never the one that opens them all.
    WriteRegNone HKCU ${CLASSES}\.ron\OpenWithProgids ${PROGID}
    WriteRegStr HKCU ${CLASSES}\Applications\vitae.exe FriendlyAppName Vitae
    WriteRegStr HKCU ${CLASSES}\Applications\vitae.exe\SupportedTypes .ron ""
    WriteRegStr HKCU ${CLASSES}\Applications\vitae.exe\SupportedTypes .cvron ""
    WriteRegStr HKCU ${CLASSES}\Applications\vitae.exe\DefaultIcon "" "$INSTDIR\vitae.exe,1"
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
    ${GetSize} $INSTDIR "/S=0K" $0 $1 $2
    WriteRegDWORD HKCU ${UNINSTALL} EstimatedSize $0
    System::Call "shell32::SHChangeNotify(i ${CHANGED}, i 0, p 0, p 0)"
SectionEnd

Section "The command `vitae` at a prompt (PATH)" SecPath
    !insertmacro Path +
    WriteRegDWORD HKCU ${UNINSTALL} OnPath 1
SectionEnd

; An upgrade keeps what was chosen before.
Function .onInit
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/NOPATH" $1
    ${IfNot} ${Errors}
        !insertmacro UnselectSection ${SecPath}
    ${Else}
        ReadRegStr $0 HKCU ${UNINSTALL} InstallLocation
        ReadRegDWORD $1 HKCU ${UNINSTALL} OnPath
        ${If} $0 != ""
        ${AndIf} $1 != 1
            !insertmacro UnselectSection ${SecPath}
        ${EndIf}
    ${EndIf}
FunctionEnd

; An upgrade that is told to leave PATH alone takes an older entry away.
Function .onInstSuccess
    ${IfNot} ${SectionIsSelected} ${SecPath}
        ReadRegDWORD $1 HKCU ${UNINSTALL} OnPath
        ${If} $1 == 1
            !insertmacro Path -
            DeleteRegValue HKCU ${UNINSTALL} OnPath
        ${EndIf}
    ${EndIf}
FunctionEnd

; Takes away what was installed, and nothing else: profiles, settings and earlier versions are the user's.
Section Uninstall
    !insertmacro Running vitae.exe
    !insertmacro Running vitae.com
    ReadRegDWORD $1 HKCU ${UNINSTALL} OnPath
    ${If} $1 == 1
        !insertmacro Path -
    ${EndIf}
    Delete $INSTDIR\vitae.exe
    Delete $INSTDIR\vitae.com
    Delete $INSTDIR\LICENSE-MIT
    Delete $INSTDIR\LICENSE-APACHE
    Delete $INSTDIR\third-party.txt
    Delete $INSTDIR\uninstall.exe
    RMDir $INSTDIR
    Delete $SMPROGRAMS\Vitae.lnk
    ; Only where it still is Vitae's: somebody may have chosen another program since.
    ReadRegStr $0 HKCU ${CLASSES}\.cvron ""
    ${If} $0 == ${PROGID}
        DeleteRegValue HKCU ${CLASSES}\.cvron ""
        DeleteRegValue HKCU ${CLASSES}\.cvron "Content Type"
        DeleteRegValue HKCU ${CLASSES}\.cvron PerceivedType
    ${EndIf}
    DeleteRegValue HKCU ${CLASSES}\.cvron\OpenWithProgids ${PROGID}
    DeleteRegKey /ifempty HKCU ${CLASSES}\.cvron\OpenWithProgids
    DeleteRegKey /ifempty HKCU ${CLASSES}\.cvron
    DeleteRegValue HKCU ${CLASSES}\.ron\OpenWithProgids ${PROGID}
    DeleteRegKey /ifempty HKCU ${CLASSES}\.ron\OpenWithProgids
    DeleteRegKey /ifempty HKCU ${CLASSES}\.ron
    DeleteRegKey HKCU ${CLASSES}\${PROGID}
    DeleteRegKey HKCU ${CLASSES}\Applications\vitae.exe
    DeleteRegKey HKCU ${UNINSTALL}
    System::Call "shell32::SHChangeNotify(i ${CHANGED}, i 0, p 0, p 0)"
SectionEnd
