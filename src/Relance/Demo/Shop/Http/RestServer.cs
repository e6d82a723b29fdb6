using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>Finds the route of a request and runs it under the shop's lock.</summary>
internal sealed class RestServer(ShopCore core, Lock gate, IReadOnlyList<Route> routes)
{
    /// <summary>Answers a call; <c>Allow</c> is part of the answer's headers.</summary>
    internal Answer Handle(Call call)
    {
        lock (gate)
        {
            core.Agenda.CatchUp();
            try
            {
                return call.Access.Failure is { } failure ? throw failure : Run(call);
            }
            catch (WpError error)
            {
                return new(error.Status, error.Body());
            }
        }
    }

    private Answer Run(Call call)
    {
        foreach (var route in routes)
        {
            if (route.Match(call) is { } matched)
            {
                return Run(route, matched);
            }
        }

        throw WpError.NoRoute();
    }

    private static Answer Run(Route route, Call call)
    {
        if (call.Method == "OPTIONS")
        {
            return Allowed(Describe(call), route);
        }

        var handler = route.Handler(call.Method == "HEAD" ? "GET" : call.Method) ?? throw WpError.NoRoute();
        if (!route.Public && !call.Access.Reads)
        {
            throw WpError.CannotView();
        }

        Answer answer;
        try
        {
            answer = handler(call);
        }
        catch (WpError error)
        {
            answer = new(error.Status, error.Body());
        }

        if (answer.Status < 300)
        {
            answer = answer with { Body = Fields.Pick(call, answer.Body) };
        }

        return Allowed(answer, route);
    }

    private static Answer Allowed(Answer answer, Route route)
    {
        answer.Headers.Add(("Allow", route.Allow));
        return answer;
    }

    private static Answer Describe(Call call) => Answer.Ok(call.Route switch
    {
        "wc/v3/orders" => Templates.Node("options_orders"),
        "wc/v3/subscriptions" => Templates.Node("options_subscriptions"),
        _ => new JsonObject { ["namespace"] = "wc/v3" },
    });
}
