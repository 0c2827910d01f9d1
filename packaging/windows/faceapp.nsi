; Windows installer of the bundle. Not yet run on Windows: docs/packaging.md says how to begin.
;   makensis -DVERSION=0.1.0 -DBUNDLE=C:\src\dist\bundle\faceapp -DOUT=C:\src\dist\faceapp-setup.exe
;            -DLICENCE=C:\src\NOTICE faceapp.nsi
; For one user, without administrator: it asks for nothing and can be removed as easily.
Unicode true
SetCompressor /SOLID lzma
!include "LogicLib.nsh"
!include "MUI2.nsh"

!ifndef VERSION | BUNDLE | OUT | LICENCE
  !error "VERSION, BUNDLE, OUT and LICENCE must be defined"
!endif
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\FaceApp"

Name "FaceApp ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\FaceApp"
InstallDirRegKey HKCU "Software\FaceApp" "InstallDir"
RequestExecutionLevel user
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "FaceApp"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Attendance by face, offline"
VIAddVersionKey "LegalCopyright" "Apache License, Version 2.0; the model: non-commercial research only"

!define MUI_FINISHPAGE_RUN "$INSTDIR\faceapp.exe"
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

; Without letters beyond ASCII: makensis on Windows reads this file in that machine's code page.
LangString IN_USE ${LANG_ENGLISH} "FaceApp is still open. Please close it, then try again."
LangString IN_USE ${LANG_GERMAN} "FaceApp ist noch offen. Bitte beenden Sie es und versuchen Sie es dann noch einmal."

; Windows lets nobody write to a program that runs, but would let some of its libraries be deleted.
!macro REFUSE_WHILE_OPEN
  ${While} ${FileExists} "$INSTDIR\faceapp.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\faceapp.exe" a
    ${IfNot} ${Errors}
      FileClose $0
      ${Break}
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IN_USE)" /SD IDCANCEL IDCANCEL`
      Abort "$(IN_USE)"
    ${EndIf}
  ${EndWhile}
!macroend

Section "FaceApp"
  !insertmacro REFUSE_WHILE_OPEN
  ; Files of a former version that this one no longer has must go.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\FaceApp.lnk" "$INSTDIR\faceapp.exe"
  WriteRegStr HKCU "Software\FaceApp" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "FaceApp"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\faceapp.exe"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  !insertmacro REFUSE_WHILE_OPEN
  ; The data folder, %LOCALAPPDATA%\faceapp, belongs to the user and stays.
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\faceapp.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\FaceApp.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\FaceApp"
SectionEnd
