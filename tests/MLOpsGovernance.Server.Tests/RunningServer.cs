using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Tests;

/// <summary>The real server on a database and a port of its own, called over real HTTP.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryFolder _folder;

    private RunningServer(WebApplication app, TemporaryFolder folder)
    {
        _app = app;
        _folder = folder;
        Address = new(app.Urls.First());
    }

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="settings">Configuration, and <c>environment</c> where it is not Development.</param>
    internal static Task<RunningServer> StartAsync(string connection, TimeProvider? time = null, params (string Key, string Value)[] settings) => StartWithAsync(connection, services =>
    {
        if (time is not null) services.Replace(ServiceDescriptor.Singleton(time));
    }, settings);

    /// <param name="replace">Puts something in place of a part of the outer world.</param>
    internal static async Task<RunningServer> StartWithAsync(string connection, Action<IServiceCollection> replace, params (string Key, string Value)[] settings)
    {
        for (var again = 0; ; again++)
        {
            try
            {
                return await StartOnceAsync(connection, replace, settings);
            }
            catch (AddressInUseException) when (again < 2)
            {
                // Another process of the same run took the port of the silo between its choice and its use.
            }
        }
    }

    private static async Task<RunningServer> StartOnceAsync(string connection, Action<IServiceCollection> replace, (string Key, string Value)[] settings)
    {
        var environment = settings.FirstOrDefault(s => s.Key == "environment").Value ?? "Development";
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, ContentRootPath = AppContext.BaseDirectory });
        // What runs is judged again where a test asks for it, and not while another sets its clock forward.
        builder.Configuration.AddInMemoryCollection([new("Compliance:Daily", "false")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.Error);
        // Why something was answered with 503, which the answer does not say.
        builder.Logging.AddFilter<ConsoleLoggerProvider>("MLOpsGovernance.Server.Storage", LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var folder = new TemporaryFolder();
        var app = ServerHost.Build(builder, connection, new(folder.Path, environment == "Development"), replace);
        try
        {
            await ServerHost.PrepareAsync(app, CancellationToken.None);
            await app.StartAsync();
            return new(app, folder);
        }
        catch
        {
            await app.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>A client that sends a token, such as <c>dev:contributor:ann</c>.</summary>
    public HttpClient As(string token)
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>An answer of the server: status and JSON.</summary>
public sealed record Answer(int Status, JsonNode? Json, string? ContentType, string? ETag = null, string? RetryAfter = null)
{
    public string? Code => Json?["code"]?.GetValue<string>();

    public string? Detail => Json?["detail"]?.GetValue<string>();

    /// <summary>A text that the answer must have.</summary>
    public string Text(string field) => Json.Text(field);
}

public static class Calls
{
    /// <summary>A text that the JSON must have.</summary>
    public static string Text(this JsonNode? json, string field) =>
        json?[field]?.GetValue<string>() ?? throw new InvalidOperationException($"There is no text '{field}' in {json?.ToJsonString()}.");

    public static Task<Answer> CallAsync(this HttpClient client, string method, string path, object? body = null, string? key = null) =>
        client.CallWithAsync(method, path, body, key is null ? [] : [("Idempotency-Key", key)]);

    /// <summary>With headers, sent as they are written.</summary>
    public static async Task<Answer> CallWithAsync(this HttpClient client, string method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), $"/api/v1{path}");
        if (body is HttpContent content) request.Content = content;
        else if (body is not null) request.Content = JsonContent.Create(body);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        return await response.AnswerAsync();
    }

    /// <summary>At a path that other programs fix, outside of the API.</summary>
    public static async Task<(Answer Answer, System.Net.Http.Headers.HttpResponseHeaders Headers)> PostOutsideAsync(this HttpClient client, string path, object body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body as HttpContent ?? JsonContent.Create(body) };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        return (await response.AnswerAsync(), response.Headers);
    }

    public static async Task<Answer> GetOutsideAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return await response.AnswerAsync();
    }

    public static async Task<Answer> AnswerAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return new((int)response.StatusCode, text.Length == 0 || !(response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) ?? true) ? null : JsonNode.Parse(text), response.Content.Headers.ContentType?.MediaType,
            response.Headers.ETag?.ToString(), response.Headers.RetryAfter?.ToString());
    }

    public static Task<Answer> PostJsonAsync(this HttpClient client, string path, object? body = null, string? key = null) => client.CallAsync("POST", path, body, key);

    public static Task<Answer> PutJsonAsync(this HttpClient client, string path, object? body = null, string? key = null) => client.CallAsync("PUT", path, body, key);

    public static Task<Answer> DeleteJsonAsync(this HttpClient client, string path) => client.CallAsync("DELETE", path);

    public static Task<Answer> GetJsonAsync(this HttpClient client, string path) => client.CallAsync("GET", path);
}
