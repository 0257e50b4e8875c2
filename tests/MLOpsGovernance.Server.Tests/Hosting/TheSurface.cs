using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Tests.Requests;
using MLOpsGovernance.Server.Ui;

namespace MLOpsGovernance.Server.Tests.Hosting;

/// <summary>What other programs rely on, and what keeps a new endpoint from being forgotten by authorization or validation.</summary>
public sealed partial class TheSurface(EveryCall calls) : IClassFixture<EveryCall>
{
    private static readonly string[] Anonymous = ["/.well-known/authzen-configuration", "/docs", "/healthz/live", "/healthz/ready", "/openapi/{documentName}.json"];

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static IEnumerable<Type> OfServer => typeof(ServerHost).Assembly.GetTypes();

    private static Type[] Requests => [.. OfServer.Where(t => t is { IsClass: true, IsAbstract: false } && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>)))];

    [Fact]
    public void Is_described_as_approved()
    {
        var document = calls.OpenApi.DeepClone().AsObject();
        document.Remove("servers");
        Approved.Matches(document.ToJsonString(Readable), "OpenApi", "json");
    }

    [Fact]
    public void Is_described_in_valid_OpenAPI_3_1()
    {
        var text = calls.OpenApi.ToJsonString();
        var (document, diagnostic) = OpenApiDocument.Parse(text, "json");
        diagnostic.ShouldNotBeNull().SpecificationVersion.ShouldBe(OpenApiSpecVersion.OpenApi3_1);
        diagnostic.Errors.Select(e => e.ToString()).ShouldBeEmpty();
        diagnostic.Warnings.Select(e => e.ToString()).ShouldBeEmpty();
        document.ShouldNotBeNull().Validate(ValidationRuleSet.GetDefaultRuleSet()).Select(e => e.ToString()).ShouldBeEmpty();
        foreach (Match reference in Reference().Matches(text))
            reference.Groups["path"].Value.Split('/').Aggregate(calls.OpenApi, (json, step) => json?[step.Replace("~1", "/", StringComparison.Ordinal)]!).ShouldNotBeNull(reference.Value);
    }

    [Fact]
    public void Says_of_every_operation_what_it_is_for_and_how_it_fails()
    {
        var document = OpenApiDocument.Parse(calls.OpenApi.ToJsonString(), "json").Document!;
        document.Security.ShouldNotBeNull().ShouldHaveSingleItem().Keys.ShouldHaveSingleItem().Scheme.ShouldBe("bearer");
        foreach (var (path, method, operation) in document.Paths.SelectMany(p => p.Value.Operations!.Select(o => (p.Key, o.Key, o.Value))))
        {
            var (what, headers) = ($"{method} {path}", (operation.Parameters ?? []).Where(p => p.In == ParameterLocation.Header).Select(p => p.Name).ToList());
            operation.Summary.ShouldNotBeNullOrWhiteSpace(what);
            operation.Tags.ShouldNotBeNull(what).Count.ShouldBe(1, what);
            operation.Responses!.Keys.ShouldBeSubsetOf(["200", "201", "202", "304", "400", "401", "403", "404", "409", "412", "413", "415", "422", "429", "503"], what);
            operation.Responses.Keys.ShouldContain("503", what);
            headers.Contains("Idempotency-Key").ShouldBe(method != HttpMethod.Get && !path.EndsWith("/replay", StringComparison.Ordinal), what);
            operation.Responses.ContainsKey("412").ShouldBe(headers.Contains("If-Match"), what);
            operation.Responses.ContainsKey("304").ShouldBe(headers.Contains("If-None-Match"), what);
            operation.Responses.ContainsKey("413").ShouldBe(operation.RequestBody is not null, what);
            foreach (var (status, response) in operation.Responses.Where(r => r.Key[0] >= '4'))
                response.Content.ShouldNotBeNull($"{what}: {status}").ShouldHaveSingleItem().Key.ShouldBe("application/problem+json", $"{what}: {status}");
        }
    }

    [Fact]
    public void Has_a_name_of_its_own_for_every_body() =>
        // The API description knows types by their simple names: two of one name would be described as one.
        OfServer.Where(t => t.Name.EndsWith("Body", StringComparison.Ordinal) && !t.IsGenericType).Select(t => t.Name).ShouldBeUnique();

    [Fact]
    public void Asks_for_the_approved_roles_on_every_route()
    {
        var routes = Programs
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(m => $"{m} {Path(e)}: {Permission(e)}"));
        Approved.Matches(string.Join('\n', routes.Distinct().Order(StringComparer.Ordinal)), "Routes", "txt");
    }

    [Fact]
    public void Lets_in_without_a_name_only_where_it_is_meant()
    {
        var open = Programs.Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(Path);
        open.ShouldAllBe(path => Anonymous.Any(a => path == a || (a == "/docs" && path.StartsWith("/docs/"))));
    }

    [Fact]
    public void Lets_people_open_without_a_name_only_what_signs_them_in()
    {
        var open = Endpoints.Where(e => ForPeople.Asks(e) && e.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(Path).Distinct().Order(StringComparer.Ordinal);
        open.ShouldBe(["/sign-in", "/sign-in/development", "/sign-in/provider", "/sign-out", "/theme.css"]);
        // What the fallback policy leaves to whoever is signed in, the page's own permission decides; the circuit carries nothing but pages.
        Endpoints.Where(e => ForPeople.Asks(e) && e.Metadata.GetMetadata<ComponentTypeMetadata>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null).Select(Path).Distinct()
            .ShouldAllBe(path => path.StartsWith("/_blazor", StringComparison.Ordinal) || path.StartsWith("/_framework", StringComparison.Ordinal));
        Endpoints.SelectMany(e => e.Metadata.OfType<HubMetadata>()).Select(h => h.HubType.Name).Distinct().ShouldBe(["ComponentHub"], "a hub states its permission, or it has no place here");
    }

    [Fact]
    public void Says_of_every_page_who_may_open_it()
    {
        PagePermission.Pages.Count().ShouldBeGreaterThan(5);
        PagePermission.Pages.Where(p => new[]
        {
            p.GetCustomAttribute<AnyRoleAttribute>() is not null, p.GetCustomAttribute<RequiresRoleAttribute>() is not null, p.GetCustomAttribute<AllowAnonymousAttribute>() is not null,
        }.Count(said => said) != 1).Select(p => p.Name).ShouldBeEmpty();
        PagePermission.Pages.Where(p => p.GetCustomAttribute<AllowAnonymousAttribute>() is not null).Select(p => p.Name).ShouldBe(["SignInPage"]);
        PagePermission.Pages.SelectMany(p => PagePermission.Of(p).Roles).ShouldAllBe(r => Domain.Roles.All.Contains(r));
        new PagePermission(false, false, []).Admits(new("root", true, Domain.Roles.All)).ShouldBeFalse("what says nothing is open to nobody");
    }

    [Fact]
    public void Says_of_every_request_who_may_send_it()
    {
        Requests.Length.ShouldBeGreaterThan(40);
        Requests.Where(r => r.GetCustomAttribute<RequiresRoleAttribute>() is null == r.GetCustomAttribute<AnyRoleAttribute>() is null).Select(r => r.Name).ShouldBeEmpty();
        Requests.Select(r => r.GetCustomAttribute<RequiresRoleAttribute>()).OfType<RequiresRoleAttribute>().SelectMany(a => a.Roles).ShouldAllBe(r => Domain.Roles.All.Contains(r));
    }

    [Fact]
    public void Has_one_handler_for_every_request()
    {
        var handled = RequestSetup.Implementations(typeof(IRequestHandler<,>)).Select(h => h.Contract.GetGenericArguments()[0]).ToList();
        handled.ShouldBe(Requests, ignoreOrder: true);
    }

    [Fact]
    public void Has_rules_for_the_fields_of_every_command()
    {
        var ruled = RequestSetup.Implementations(typeof(IValidator<>)).Select(v => v.Contract.GetGenericArguments()[0]).ToHashSet();
        Requests.Where(r => r.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>))).Where(r => !ruled.Contains(r)).Select(r => r.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Measures_under_the_approved_names()
    {
        RuntimeHelpers.RunClassConstructor(typeof(Telemetry).TypeHandle);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener { InstrumentPublished = (i, _) => { if (i.Meter.Name == Telemetry.Name) names.Add($"{i.Name} [{i.Unit ?? "1"}] {i.GetType().Name.Split('`')[0]}"); } };
        listener.Start();
        Approved.Matches(string.Join('\n', names), "Metrics", "txt");
    }

    [Fact]
    public void Is_spoken_between_nodes_under_the_approved_aliases()
    {
        var grains = OfServer.Where(t => t.IsInterface && typeof(IGrain).IsAssignableFrom(t)).ToList();
        var types = OfServer.Where(t => t.GetCustomAttribute<GenerateSerializerAttribute>() is not null).ToList();
        // What all stream grains have in common is named where it is declared, and spoken of by the names of the grains.
        grains.Where(g => !g.IsGenericTypeDefinition && g.GetCustomAttribute<AliasAttribute>() is null).Select(g => g.Name).ShouldBeEmpty();
        types.Where(t => t.GetCustomAttribute<AliasAttribute>() is null).Select(t => t.Name).ShouldBeEmpty();
        grains.SelectMany(g => g.GetMethods()).Where(m => m.GetCustomAttribute<AliasAttribute>() is null).Select(m => $"{m.DeclaringType!.Name}.{m.Name}").ShouldBeEmpty();

        var lines = grains.Concat(types).Select(t => $"{t.GetCustomAttribute<AliasAttribute>()?.Alias ?? "-"}: {t.Name}")
            .Concat(grains.SelectMany(g => g.GetMethods()).Select(m => $"{m.DeclaringType!.Name}.{m.GetCustomAttribute<AliasAttribute>()!.Alias}: {m.Name}"));
        Approved.Matches(string.Join('\n', lines.Distinct().Order(StringComparer.Ordinal)), "Aliases", "txt");
        grains.Concat(types).Select(t => t.GetCustomAttribute<AliasAttribute>()?.Alias).OfType<string>().ShouldBeUnique();
    }

    [GeneratedRegex("\"\\$ref\":\"#/(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();

    private IEnumerable<RouteEndpoint> Endpoints => calls.Server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    /// <summary>What programs call: neither pages nor the files that they are made of, in Development those included that came after the build.</summary>
    private IEnumerable<RouteEndpoint> Programs => Endpoints.Where(e => !ForPeople.Asks(e) && e.Metadata.GetMetadata<StaticAssetDescriptor>() is null && e.RoutePattern.RawText != "{**path:file}");

    private static string Path(RouteEndpoint e) => "/" + e.RoutePattern.RawText!.Trim('/');

    private static string Permission(RouteEndpoint e)
    {
        if (e.Metadata.GetMetadata<IAllowAnonymous>() is not null) return "anonymous";
        var sent = Sent(e.Metadata.GetMetadata<MethodInfo>().ShouldNotBeNull(Path(e))).ToList();
        sent.Count.ShouldBe(1, $"{Path(e)} sends {string.Join(", ", sent.Select(s => s.Name))}");
        if (sent[0].GetCustomAttribute<AnyRoleAttribute>() is not null) return $"{sent[0].Name}, any role";
        var ownTeam = sent[0].GetCustomAttribute<AnyTeamAttribute>() is null;
        return $"{sent[0].Name}, {string.Join(' ', sent[0].GetCustomAttribute<RequiresRoleAttribute>().ShouldNotBeNull(sent[0].Name).Roles.Select(r => ownTeam && Domain.Roles.OfTeams.Contains(r) ? $"{r}(own-team)" : r))}";
    }

    /// <summary>The requests that an endpoint's code makes: read from the code itself, so that nobody has to declare them twice.</summary>
    private static IEnumerable<Type> Sent(MethodInfo handler)
    {
        const byte NewObject = 0x73;
        var body = handler.GetCustomAttribute<AsyncStateMachineAttribute>()?.StateMachineType.GetMethod("MoveNext", BindingFlags.NonPublic | BindingFlags.Instance) ?? handler;
        var code = body.GetMethodBody()!.GetILAsByteArray()!;
        var made = new HashSet<Type>();
        for (var i = 0; i + 4 < code.Length; i++)
        {
            if (code[i] != NewObject) continue;
            try
            {
                if (body.Module.ResolveMethod(BitConverter.ToInt32(code, i + 1))?.DeclaringType is { } type && OfServer.Contains(type) && typeof(IBaseRequest).IsAssignableFrom(type)) made.Add(type);
            }
            catch (ArgumentException)
            {
                // The byte was part of something else.
            }
        }

        return made;
    }
}
