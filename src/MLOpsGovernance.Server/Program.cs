using MLOpsGovernance.Server.Hosting;

return args switch
{
    ["health", .. var rest] => await HealthVerb.RunAsync(rest),
    ["migrate", .. var rest] => await ServerProgram.RunAsync(rest, migrateOnly: true),
    ["--help" or "-h" or "help", ..] => ServerProgram.Help(),
    [var verb, ..] when !verb.StartsWith('-') => ServerProgram.Unknown(verb),
    _ => await ServerProgram.RunAsync(args, migrateOnly: false),
};
