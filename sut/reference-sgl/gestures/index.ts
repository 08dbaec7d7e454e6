export { gestureRoutes } from './routes.ts';
