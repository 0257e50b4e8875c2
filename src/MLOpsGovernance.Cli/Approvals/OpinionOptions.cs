using System.CommandLine;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.Models;

namespace MLOpsGovernance.Cli.Approvals;

/// <summary>A reviewer's opinion on a version, given in a role and with a reason.</summary>
internal sealed class OpinionOptions
{
    private readonly VersionOptions _version = new();
    private readonly Option<string> _role = new("--role") { Description = "Role you give it in: model-validator, ai-risk-officer, chief-risk-officer or compliance-officer", HelpName = "ROLE", Required = true };
    private readonly Option<string> _reason = new("--reason") { Description = "What it rests on", HelpName = "TEXT", Required = true };

    public void AddTo(Command command)
    {
        _version.AddTo(command);
        command.Options.Add(_role);
        command.Options.Add(_reason);
    }

    public string Role(Run run) => run.Required(_role);

    public string Subject(Run run) => $"{_version.Model(run)} version {_version.Version(run)}";

    public Task<Answer> SendAsync(Run run, string outcome, CancellationToken cancellationToken) => SendAsync(run, Body(run, outcome), cancellationToken);

    /// <param name="conditions">With any, the version is approved with conditions.</param>
    public Task<Answer> SendAsync(Run run, string? validUntil, string? validation, JsonArray? conditions, CancellationToken cancellationToken)
    {
        var body = Body(run, conditions is null ? "approved" : "approved-with-conditions");
        if (validUntil is not null) body["validUntil"] = validUntil;
        if (validation is not null) body["validation"] = validation;
        if (conditions is not null) body["conditions"] = conditions;
        return SendAsync(run, body, cancellationToken);
    }

    private JsonObject Body(Run run, string outcome) => new() { ["outcome"] = outcome, ["role"] = Role(run), ["reason"] = run.Required(_reason) };

    private Task<Answer> SendAsync(Run run, JsonObject body, CancellationToken cancellationToken) => run.SendAsync(HttpMethod.Post, _version.Path(run, "/approvals"), body, "id", cancellationToken);
}
