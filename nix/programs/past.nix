# Warnings of apps that are installed past their fronts.
{ lib }:
let
  named = package: [ (lib.getName package) ] ++ lib.optional (package.meta ? mainProgram) package.meta.mainProgram;
  isOf = app: package: lib.isDerivation package && lib.any (name: lib.elem name (named app.package)) (named package);
  isFront = package: package ? electroscopeFront;
  perApp = apps: complaint: lib.concatLists (lib.mapAttrsToList (name: app: lib.optionals (app.package != null) (complaint name app)) apps);
in
{
  # Beside the fronts of these apps: another package of the app, of which one hides the other. The app's own is below its front.
  beside =
    apps: option: packages:
    perApp apps (
      name: app:
      map (
        other:
        if isFront other then
          ''
            programs.electroscope.apps.${name}: ${option} has another front, ${other.name}, of an app that is not ${app.package.name}.
            Set programs.electroscope.apps.${name}.enable = false: one is enough, and limits hold for it too.
          ''
        else
          ''
            programs.electroscope.apps.${name}: ${option} has ${other.name} too, which is not started: the front of ${app.package.name} is over it.
            Set programs.electroscope.apps.${name}.package to it, or give the module that installs it
            programs.electroscope.apps.${name}.front for its package, and enable = false here.
          ''
      ) (lib.filter (other: isOf app other && "${other}" != "${app.front}" && "${other}" != "${app.package}") packages)
    );

  # Where the app wins over its front.
  over =
    apps: option: packages:
    perApp apps (
      name: app:
      map (other: ''
        programs.electroscope.apps.${name}: ${other.name} is in ${option} too, and that one starts, without limits.
        Take it out there.
      '') (lib.filter (other: isOf app other && !isFront other) packages)
    );
}
